import type { FilePreview } from "@/api/generated";
import { formatShare } from "@/lib/format";
import { text } from "@/text/en";
import styles from "./Setup.module.css";

const words = text.setup.file;

/** The first rows under their columns, each with what it seems to hold. */
export function FileTable({ file: { columns, rows } }: { file: FilePreview }) {
  return (
    // A region that scrolls must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={words.preview}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(({ name, kind, filled }) => (
              <th key={name} scope="col" title={name}>
                {name}
                <span className={styles.kind}>{words.kinds[kind]}, {words.filled(formatShare(filled))}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>{columns.map(({ name }, column) => <td key={name} title={row[column]}>{row[column]}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
