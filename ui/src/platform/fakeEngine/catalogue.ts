// Connectors as the contract describes them, for the fake engine.
import type { ConnectorView } from "@/api/generated";

const drawing = (body: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${body}</svg>`;

const ownDomain = { label: "Own domain", help: "Such as acme.my.example.net, as your address line shows it there." };

export const connectors: ConnectorView[] = [
  {
    id: "hubspot", name: "HubSpot", tagline: "Contacts, companies and deals", logo: drawing('<circle cx="15" cy="14" r="4.5" fill="none" stroke="#ff5c35" stroke-width="2.4"/><path d="M15 9V5M11.5 11 5 6M12 17.5l-3 3" stroke="#ff5c35" stroke-width="2.2"/>'),
    is_source: false, is_destination: true,
    auth: [
      { kind: "o_auth", built_in: true, redirect_urls: ["http://127.0.0.1:53682/callback"], own_app_steps: ["Open the developer portal and create an app.", "Add the redirect address below.", "Copy client id and client secret here."], scopes: [], client_secret: "required", sign_in: { hosts: [], own: null } },
      { kind: "token", label: "private-app token", prefixes: ["pat-na1-", "pat-eu1-"], steps: ["Open Settings, Integrations, Private apps.", "Create an app named Leadferry and tick contacts, companies and deals.", "Copy its access token and put it here."] },
    ],
    base_url: "https://api.example.com", base_url_entered: false, objects: [{ id: "contacts", name: "Contact" }, { id: "deals", name: "Deal" }], settings: [], has_practice: true, hands_over: false,
    docs: "https://developers.example.com", checked: "2026-11-02",
  },
  {
    id: "webhook", name: "Any web address", tagline: "Automation tools and CRMs with a REST address", logo: drawing('<path d="M4 12h16M14 6l6 6-6 6" fill="none" stroke="#1b65ad" stroke-width="2.4"/>'),
    is_source: false, is_destination: true, auth: [{ kind: "none" }, { kind: "token", label: "API key", prefixes: [], steps: ["Copy the key where the receiving system shows it."] }, { kind: "basic" }],
    base_url: null, base_url_entered: true, objects: [{ id: "lead", name: "Lead" }],
    settings: [
      { name: "method", label: "Method", help: "How the receiving system wants leads.", kind: "choice", choices: [{ id: "post", name: "POST" }, { id: "put", name: "PUT" }], required: false },
      { name: "headers", label: "Further headers", help: "Sent with every lead.", kind: "pairs", choices: [], required: false },
      { name: "signed", label: "Sign every request", help: "The receiving system can then check that it came from here.", kind: "switch", choices: [], required: false },
    ],
    has_practice: false, hands_over: true, docs: "https://example.com/docs", checked: "2026-11-02",
  },
  {
    id: "harbour", name: "Harbour CRM", tagline: "Bring your own registered app", logo: drawing('<path d="M12 3v18M5 12h14M6 15c1 4 11 4 12 0" fill="none" stroke="#12606a" stroke-width="2.2"/>'),
    is_source: false, is_destination: true,
    auth: [
      { kind: "o_auth", built_in: false, redirect_urls: ["http://127.0.0.1:53682/callback"], own_app_steps: ["Ask your admin for the developer settings.", "Register an app with the redirect address below.", "Copy client id and client secret here."], scopes: ["people.read", "people.write"], client_secret: "optional", sign_in: { hosts: [{ id: "https://login.example.net", name: "Production" }, { id: "https://test.example.net", name: "Sandbox" }], own: ownDomain } },
      { kind: "client_credentials", app: { steps: ["Let the app ask for itself, as a user of your account."], scopes: [], scope_separator: " ", sign_in: { hosts: [], own: ownDomain } } },
      { kind: "jwt_bearer", app: { steps: ["Upload the app's certificate."], scopes: [], scope_separator: " ", sign_in: { hosts: [{ id: "https://login.example.net", name: "Production" }], own: null } } },
      { kind: "pasted_code", app: { steps: ["Make a code for these scopes."], scopes: ["people.read", "people.write"], scope_separator: ",", sign_in: { hosts: [], own: null } } },
    ],
    base_url: null, base_url_entered: false, objects: [{ id: "people", name: "Person" }],
    settings: [{ name: "domain", label: "Your account's domain", help: "The part before the first dot of the address you sign in at.", kind: "text", choices: [], required: true }],
    has_practice: false, hands_over: false, docs: "https://example.net/docs", checked: "2026-10-19",
  },
];
