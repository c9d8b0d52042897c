import type { ReactNode } from "react";
import { Card } from "@/components/page/Card";
import styles from "./Shelf.module.css";

export function Shelf({ title, children, stack = false }: { title: string; children: ReactNode; stack?: boolean }) {
  return (
    <Card title={title}>
      <div className={stack ? styles.stack : styles.row}>{children}</div>
    </Card>
  );
}
