import type { FilePreview, ImportProgress, ReceiverView } from "@/api/generated";
import { minutesAgo, refuse, type Area } from "./area";
import { book } from "./connections";

const preview: FilePreview = {
  name: "trade-fair.csv", encoding: "windows-1252", encodings: ["utf-8", "windows-1252", "utf-16le"], delimiter: ";", has_header: true, row_count: 1_200, exact: true,
  columns: [
    { name: "Name", kind: "text", samples: ["Ada Lovelace", "HOPPER, Grace"], filled: 1 },
    { name: "E-Mail", kind: "email", samples: ["Ada@Example.com", "grace@example.org"], filled: 0.98 },
    { name: "Phone", kind: "phone", samples: ["07700 900123", "+44 7700 900456"], filled: 0.86 },
    { name: "Type", kind: "choice", samples: ["Webinar", "Fair"], filled: 1 },
    { name: "Notes from the conversation at the stand", kind: "long_text", samples: ["Wants a quote, call after 3"], filled: 0.41 },
  ],
  rows: [
    ["Ada Lovelace", "Ada@Example.com", "07700 900123", "Webinar", "Wants a quote, call after 3"],
    ["HOPPER, Grace", "grace@example.org", "+44 7700 900456", "Fair", ""],
    ["Maximiliane Donaudampfschifffahrtsgesellschaft", "max@example.net", "020 7946 0123", "Fair", "Prefers e-mail"],
    ["alan turing", "", "07700900789", "Webinar", ""],
  ],
  warnings: ["The file is not UTF-8; read as Windows-1252, so that umlauts and accents come out right.", "Rows 212 and 880 have more columns than the header. Their extra cells are left out."],
};

const importing = (done: boolean, rows: number): ImportProgress => ({
  import: "import-1", source: "src-file", rows, new: Math.round(rows * 0.93), merged: Math.round(rows * 0.05), repeated: 25, broken: 2, done, problem: null,
});

export const sourcesArea: Area = ({ changed, scene }) => {
  let looks = 0;
  let receivers: ReceiverView[] = scene === "empty" ? [] : [
    {
      id: "src-chatbot", name: "Website chatbot", local_url: "http://127.0.0.1:40404/in/website-chatbot", public_url: "https://leads.example.com/in/website-chatbot", auth: "standard", last_at: minutesAgo(46), received: 1_237,
      refusals: [{ at: minutesAgo(190), reason: "The signature did not match. Usually the secret was changed at the sender." }], secret: null,
    },
  ];
  return {
    preview_file: ({ path, options }) => {
      if (path.endsWith(".xlsx")) refuse("This is an Excel workbook. Save it as CSV in Excel and choose that file.");
      return { ...preview, ...(options.encoding !== null && { encoding: options.encoding }), ...(options.delimiter !== null && { delimiter: options.delimiter }), has_header: options.header ?? preview.has_header };
    },
    import_file: ({ first }) => {
      looks = 0;
      return first === null ? importing(false, 0) : importing(true, first);
    },
    import_progress: () => {
      looks += 1;
      const rows = scene === "importing" ? 640 : Math.min(1_200, looks * 420);
      return importing(rows === 1_200, rows);
    },
    cancel_import: () => ({}),
    receiver_kinds: () => [
      { id: "standard", label: "Signed by us", help: "Leadferry makes a secret and the sender signs with it. The safest.", secret_given: false, options: [] },
      { id: "bearer", label: "Bearer token", help: "The sender sends a token with every lead.", secret_given: false, options: [] },
      { id: "hmac_header", label: "Signature in a header", help: "The sender gave you a secret and signs what it sends.", secret_given: true, options: ["header"] },
    ],
    receivers: () => receivers,
    create_receiver: ({ name, auth }) => {
      const id = `rcv-${receivers.length + 1}`;
      const made: ReceiverView = { id, name, local_url: `http://127.0.0.1:40404/in/${id}`, public_url: null, auth, last_at: null, received: 0, refusals: [], secret: "whsec_ZXhhbXBsZS1zZWNyZXQtZm9yLXNob3c" };
      receivers = [...receivers, { ...made, secret: null }];
      book.connections = [...book.connections, { id, connector: "receiver", connector_name: "Receiver", name, role: "source", state: "connected", account: null, base_url: null, way: null, host: null, hooks: null, practice: false, syncs: [], checked_at: null, problem: null, settings: [] }];
      changed("connections");
      return made;
    },
    send_test_lead: ({ source, fields }) => {
      receivers = receivers.map((one) => (one.id === source ? { ...one, received: one.received + 1, last_at: new Date().toISOString() } : one));
      changed("connections", "leads");
      const value = (name: string) => fields.find((field) => field.name === name)?.value ?? null;
      return { id: "lead-1", name: value("name") ?? "", email: value("email"), phone: value("phone"), source: { id: source, name: source }, captured_at: new Date().toISOString(), state: null, record_url: null };
    },
  };
};
