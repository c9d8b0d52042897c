import { useId } from "react";
import type { GroupView } from "@/api/generated";
import { formatCount } from "@/lib/format";
import { GroupCard } from "./GroupCard";
import type { GroupDesk } from "./useGroupDesk";
import styles from "./GroupSection.module.css";

interface GroupSectionProps {
  title: string;
  groups: readonly GroupView[];
  desk: GroupDesk;
  /** Its first group is what to do first. */
  leading?: boolean;
}

/** Groups under one heading. Nothing at all when there are none. */
export function GroupSection({ title, groups, desk, leading = false }: GroupSectionProps) {
  const id = useId();
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id} className={styles.title}>
        {title} <span className={styles.count}>{formatCount(groups.length)}</span>
      </h2>
      <ul className={styles.list}>
        {groups.map((group, at) => (
          <li key={`${group.sync.id} ${group.key}`}>
            <GroupCard group={group} desk={desk} first={leading && at === 0} />
          </li>
        ))}
      </ul>
    </section>
  );
}
