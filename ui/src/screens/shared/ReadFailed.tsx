import { Button } from "@/components/controls/Button";
import { EmptyState } from "@/components/feedback/EmptyState";
import { WarningIcon } from "@/components/icons";
import { text } from "@/text/en";

interface ReadFailedProps {
  /** What could not be read, where the page has better words than the general ones. */
  title?: string;
  /** The engine's own cause and next step. */
  message: string;
  onRetry: () => void;
}

/** What stands where a page could not be read: cause, next step, and another try. */
export function ReadFailed({ title = text.shared.readFailed.title, message, onRetry }: ReadFailedProps) {
  return <EmptyState icon={WarningIcon} title={title} line={message} action={<Button kind="primary" onPress={onRetry}>{text.shared.readFailed.action}</Button>} />;
}
