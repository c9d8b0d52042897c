import { counted } from "../counted";

export const notifications = {
  title: "Notifications",
  sentence: (unseen: number) => (unseen === 0 ? "You have seen everything." : `${counted(unseen, "new notification")}.`),
  waiting: (count: number) => counted(count, "new notification"),
  fresh: "New",
  empty: { title: "No notifications", line: "You hear once when something needs you, and once when it is well again." },
  list: "Notifications",
} as const;
