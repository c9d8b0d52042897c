import { useState } from "react";
import { Switch } from "@/components/controls/Switch";
import { ComboBox } from "@/components/fields/ComboBox";
import { FormRow } from "@/components/fields/FormRow";
import { NumberField } from "@/components/fields/NumberField";
import { SearchField } from "@/components/fields/SearchField";
import { Select } from "@/components/fields/Select";
import { TextArea } from "@/components/fields/TextArea";
import { TextField } from "@/components/fields/TextField";
import { manyFields } from "./samples";
import { Shelf } from "./Shelf";

export function FieldsPart() {
  const [words, setWords] = useState("ada@@example.com");
  const [empty, setEmpty] = useState("");
  const [field, setField] = useState<string | undefined>("field_1");
  const [region, setRegion] = useState<string | undefined>("GB");
  const [days, setDays] = useState<number | undefined>(400);
  const [formula, setFormula] = useState("first(name)");
  const nothing = () => undefined;
  return (
    <>
      <Shelf title="Fields" stack>
        <TextField label="Name of the connection" value={empty} onChange={setEmpty} required placeholder="Acme HubSpot" help="Only you see it." />
        <TextField label="E-mail" value={words} onChange={setWords} error="“ada@@example.com” is not an e-mail address. One @ is enough." />
        <TextField label="Address of the API" value="https://api.example.com" onChange={nothing} disabled />
        <TextArea label="Formula" value={formula} onChange={setFormula} code rows={2} help="Runs for each lead." />
        <NumberField label="Keep history for" value={days} onChange={setDays} min={1} max={4000} format={{ style: "unit", unit: "day", unitDisplay: "long" }} />
        <Select label="Region for phones" value={region} onChange={setRegion} options={[{ value: "GB", label: "United Kingdom", detail: "+44" }, { value: "US", label: "United States", detail: "+1" }]} />
        <Select label="Owner" value={undefined} onChange={nothing} options={[]} placeholder="Choose an owner" error="HubSpot needs an owner for every deal." />
        <ComboBox label="HubSpot field" value={field} onChange={setField} options={manyFields} placeholder="Search 214 fields" />
        <SearchField label="Filter fields" value={empty} onChange={setEmpty} keys="/" />
      </Shelf>
      <Shelf title="Form rows" stack>
        <div>
          <FormRow title="Start at login" line="Leads arrive from the first minute."><Switch on onChange={nothing}>On</Switch></FormRow>
          <FormRow title="Language" line="More will follow."><Select label="Language" value="en" onChange={nothing} options={[{ value: "en", label: "English" }]} /></FormRow>
        </div>
      </Shelf>
    </>
  );
}
