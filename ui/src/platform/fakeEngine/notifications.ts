import type { NotificationView } from "@/api/generated";
import { minutesAgo, type Area } from "./area";

export const notificationsArea: Area = ({ scene }) => {
  let all: NotificationView[] = scene === "empty" ? [] : [
    { id: 3, at: minutesAgo(18), title: "Partner CRM is not answering", body: "9 leads wait safely. Nothing to do.", target: "errors/sync-chatbot/unavailable%7C", seen: false },
    { id: 2, at: minutesAgo(4_310), title: "412 leads need one decision", body: "HubSpot does not know the value “Webinar” for “Lead source”.", target: `errors/sync-file/${encodeURIComponent("invalid|lead_source:UnknownOption:Webinar")}`, seen: false },
    { id: 1, at: minutesAgo(9_800), title: "Example Ltd works again", body: "Everything that waited has gone out.", target: "connections/dst-hubspot", seen: true },
  ];
  return {
    notifications: () => all,
    see_notifications: () => {
      all = all.map((one) => ({ ...one, seen: true }));
      return {};
    },
  };
};
