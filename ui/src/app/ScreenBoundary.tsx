import { Component, type ReactNode } from "react";
import { Button } from "@/components/controls/Button";
import { EmptyState } from "@/components/feedback/EmptyState";
import { WarningIcon } from "@/components/icons";
import { text } from "@/text/en";

interface ScreenBoundaryProps {
  onCopy: (details: string) => void;
  children: ReactNode;
}

/** Keeps a broken screen from taking the window with it. Give it the address as key: another page starts afresh. */
export class ScreenBoundary extends Component<ScreenBoundaryProps, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(thrown: unknown) {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    const { title, line, retry, copy } = text.app.screenStopped;
    return (
      <EmptyState
        icon={WarningIcon}
        title={title}
        line={line}
        action={
          <>
            <Button onPress={() => this.props.onCopy(`${error.message}\n${error.stack ?? ""}`)}>{copy}</Button>
            <Button kind="primary" onPress={() => this.setState({ error: undefined })}>{retry}</Button>
          </>
        }
      />
    );
  }
}
