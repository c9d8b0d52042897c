// Every component in its states, for those who build the window: eyes and axe look here first.
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { text } from "@/text/en";
import { ControlsPart } from "./ControlsPart";
import { DataPart } from "./DataPart";
import { FieldsPart } from "./FieldsPart";
import { FeedbackPart } from "./FeedbackPart";
import { IconsPart } from "./IconsPart";
import { OverlaysPart } from "./OverlaysPart";

const parts = { feedback: FeedbackPart, controls: ControlsPart, fields: FieldsPart, data: DataPart, overlays: OverlaysPart, icons: IconsPart };

/** `?part=fields` shows one part alone. */
export default function GalleryScreen({ query }: { query: URLSearchParams }) {
  const wanted = query.get("part");
  return (
    <Page>
      <PageHeader title={text.sections.gallery} sentence="All 1,204 leads are in HubSpot." line="The last one arrived 2 min ago. 18 left out: 15 have no e-mail or phone, 3 opted out." />
      {Object.entries(parts)
        .filter(([name]) => wanted === null || wanted === name)
        .map(([name, Part]) => <Part key={name} />)}
    </Page>
  );
}
