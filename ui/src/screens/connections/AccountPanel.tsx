import type { ConnectionView } from "@/api/generated";
import { Badge } from "@/components/data/Badge";
import { Banner } from "@/components/feedback/Banner";
import { ConnectorLogo } from "@/screens/shared/ConnectorLogo";
import { text } from "@/text/en";
import { accountLine, rightsLine } from "./accountWords";
import styles from "./Connections.module.css";

const words = text.connections;

/** Whose account it is and what it allows, before anything is sent there. */
export function AccountPanel({ connection }: { connection: ConnectionView }) {
  const { account, connector, connector_name: name } = connection;
  return (
    <div className={styles.account}>
      <ConnectorLogo connector={connector} name={name} />
      <div>
        <p className={styles.strong}>
          {account === null ? connection.name : accountLine(account)} {(connection.practice || account?.sandbox === true) && <Badge tone="info">{connection.practice ? words.practiceBadge : words.sandbox}</Badge>}
        </p>
        {account !== null && <p className={styles.muted}>{rightsLine(account)}</p>}
      </div>
      {account?.read_only === true && <Banner tone="bad" title={words.readOnlyTitle} line={words.readOnlyLine} />}
    </div>
  );
}
