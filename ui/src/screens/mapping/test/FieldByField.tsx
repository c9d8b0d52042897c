import type { TestField } from "@/api/generated";
import { text } from "@/text/en";
import styles from "./Test.module.css";

const words = text.mappingTest;
type Change = keyof typeof words.changes;
/** The sign, so that a change is not told by its colour. */
const signs: Record<Change, string> = { add: "+", change: "~", same: "=", keep: "=", none: "·" };
const isChange = (change: string): change is Change => change in signs;

/** Each field from what the lead brings to what the CRM would have. */
export function FieldByField({ fields }: { fields: readonly TestField[] }) {
  return (
    // A region that scrolls must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={words.tabs.fields}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col"><span className={styles.hidden}>{words.columns.change}</span></th>
            <th scope="col">{words.columns.field}</th>
            <th scope="col">{words.columns.source}</th>
            <th scope="col">{words.columns.steps}</th>
            <th scope="col">{words.columns.now}</th>
            <th scope="col">{words.columns.becomes}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <FieldRow key={field.target} field={field} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FieldRow({ field }: { field: TestField }) {
  const change = isChange(field.change) ? field.change : "none";
  return (
    <tr className={styles[change]}>
      <td className={styles.sign} title={words.changes[change]}>
        <span aria-hidden="true">{signs[change]}</span>
        <span className={styles.hidden}>{words.changes[change]}</span>
      </td>
      <th scope="row" title={field.target}>{field.label}</th>
      <td>{field.source}</td>
      <td>
        {field.steps.length === 0 ? <span className={styles.quiet}>{words.noSteps}</span> : (
          <ol className={styles.steps}>
            {field.steps.map(({ name, value }, at) => (
              <li key={at}>
                <span className={styles.quiet}>{name}</span> {value}
              </li>
            ))}
          </ol>
        )}
      </td>
      <td>{field.now ?? <em>{words.notRead}</em>}</td>
      <td className={styles.becomes}>
        {field.would_become ?? <em>{words.empty}</em>}
        {field.note !== null && <span className={styles.note}>{field.note}</span>}
      </td>
    </tr>
  );
}
