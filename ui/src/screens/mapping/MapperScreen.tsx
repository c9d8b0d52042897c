import type { ScreenProps } from "@/app/screens";
import { Page } from "@/components/page/Page";
import { MapperPanel } from "./MapperPanel";

export default function MapperScreen({ params }: ScreenProps) {
  return (
    <Page width="full">
      <MapperPanel sync={params.sync ?? ""} />
    </Page>
  );
}
