import { counted } from "@/text/counted";

export const frame = {
  needsYou: (count: number) => `${counted(count, "thing")} ${count === 1 ? "needs" : "need"} you`,
  people: "People",
  back: (name: string) => `${name} is back. The leads that waited are on their way.`,
  dropHere: "Drop the file to bring its leads in",
} as const;
