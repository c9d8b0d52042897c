import { IconButton } from "@/components/controls/IconButton";
import { Tooltip } from "@/components/controls/Tooltip";
import { SidebarIcon, type Icon } from "@/components/icons";
import { Link } from "react-aria-components";
import { formatCount } from "@/lib/format";
import { text } from "@/text/en";
import type { ReactNode } from "react";
import styles from "./Sidebar.module.css";

export interface Place {
  id: string;
  label: string;
  icon: Icon;
  href: string;
  /** Things waiting there, with the words they are read as: { count: 3, words: "3 things need you" }. */
  waiting?: { count: number; words: string } | undefined;
}

interface SidebarProps {
  places: readonly Place[];
  /** Stand at the foot, such as Settings. */
  footPlaces: readonly Place[];
  current: string | undefined;
  collapsed: boolean;
  onCollapse: (collapsed: boolean) => void;
  /** The app's name. */
  title: ReactNode;
  keys?: string | undefined;
}

/** 208 px, or icons only. A narrow window shows icons whatever was chosen. */
export function Sidebar({ places, footPlaces, current, collapsed, onCollapse, title, keys }: SidebarProps) {
  const list = (group: readonly Place[]) => (
    <ul className={styles.list}>
      {group.map((place) => (
        <li key={place.id}>
          <PlaceLink place={place} current={place.id === current} />
        </li>
      ))}
    </ul>
  );
  return (
    <nav className={styles.sidebar} aria-label={text.app.mainMenu} data-collapsed={collapsed || undefined}>
      <div className={styles.top}>
        <span className={styles.name}>{title}</span>
        <IconButton icon={SidebarIcon} keys={keys} label={collapsed ? text.common.expandSidebar : text.common.collapseSidebar} onPress={() => onCollapse(!collapsed)} />
      </div>
      {list(places)}
      <div className={styles.space} />
      {list(footPlaces)}
    </nav>
  );
}

function PlaceLink({ place, current }: { place: Place; current: boolean }) {
  const { icon: Drawing, label, href, waiting } = place;
  return (
    <Tooltip words={label} placement="right">
      <Link href={href} className={styles.place ?? ""} {...(current ? { "aria-current": "page" as const } : {})}>
        <Drawing />
        <span className={styles.label}>{label}</span>
        {waiting && waiting.count > 0 && (
          <span className={styles.waiting}>
            <span aria-hidden="true">{formatCount(waiting.count)}</span>
            <span className={styles.spoken}>, {waiting.words}</span>
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
