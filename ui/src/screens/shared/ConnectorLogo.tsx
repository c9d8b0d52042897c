import { useRead } from "@/api/client";
import { Logo } from "@/components/data/Logo";
import { BoltIcon, ConnectionsIcon, FileIcon, type Icon } from "@/components/icons";
import styles from "./ConnectorLogo.module.css";

interface ConnectorLogoProps {
  connector: string;
  /** Empty where the name stands beside it. */
  name?: string;
  size?: "small" | "medium" | "large";
}

/** What is not a vendor's has an icon of ours. */
const own: Record<string, Icon> = { file: FileIcon, receiver: BoltIcon };

/** The logo of a connector by its id; ours where the contract has none. */
export function ConnectorLogo({ connector, name = "", size = "medium" }: ConnectorLogoProps) {
  const { data } = useRead("connectors", {});
  const spec = data?.find(({ id }) => id === connector);
  if (spec) return <Logo svg={spec.logo} name={name} size={size} />;
  const Drawing = own[connector] ?? ConnectionsIcon;
  return (
    <span className={styles.own} data-size={size}>
      <Drawing size={size === "small" ? 14 : 20} />
      {name !== "" && <span className={styles.spoken}>{name}</span>}
    </span>
  );
}
