import { ArrowLeftIcon } from "@/components/icons";
import styles from "./BackLink.module.css";

/** The way up, above a page's title. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} className={styles.back}>
      <ArrowLeftIcon size={14} />
      {children}
    </a>
  );
}
