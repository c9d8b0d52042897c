import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { asked, openApp } from "@/test/openApp";
import { connectors } from "@/platform/fakeEngine/catalogue";
import { firstConnections } from "@/platform/fakeEngine/connections";
import { formOf, tokenShape } from "./connect/form";
import { pairsFrom, pairsText } from "./connect/pairs";
import { clockWords } from "./connect/useClock";

it("waits for the browser with a way to open again, copy and cancel, and cancels without residue", async () => {
  const platform = openApp("connections/new", "waiting");
  await userEvent.click(await screen.findByRole("button", { name: /^HubSpot/ }));
  await userEvent.click(screen.getByRole("button", { name: "Sign in to HubSpot" }));
  expect((await screen.findByRole("timer")).textContent).toMatch(/^[45]:\d\d left$/);
  await userEvent.click(screen.getByRole("button", { name: "Open again" }));
  await userEvent.click(screen.getByRole("button", { name: "Copy link" }));
  expect([asked(platform, "open_oauth"), platform.copied]).toEqual([[{ id: "flow-1" }], ["https://login.example.com/authorize?flow=flow-1"]]);
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(asked(platform, "cancel_oauth")).toEqual([{ id: "flow-1" }]);
  expect(await screen.findByRole("button", { name: "Sign in to HubSpot" })).toBeTruthy();
});

it("says why a sign-in ended and offers the token instead", async () => {
  openApp("connections/new", "refused");
  await userEvent.click(await screen.findByRole("button", { name: /^HubSpot/ }));
  await userEvent.click(screen.getByRole("button", { name: "Sign in to HubSpot" }));
  expect(await screen.findByText("The sign-in was refused in the browser")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Use a token instead" }));
  await userEvent.type(screen.getByLabelText(/private-app token/), "pat-eu1-abc");
  expect(screen.getByText("This looks like a private-app token of HubSpot.")).toBeTruthy();
});

it("asks for an app of one's own where none is built in, with the address to register", async () => {
  const platform = openApp("connections/new");
  await userEvent.click(await screen.findByRole("button", { name: /^Harbour CRM/ }));
  const signIn = screen.getByRole("button", { name: "Sign in to Harbour CRM" });
  expect(screen.getByText("http://127.0.0.1:53682/callback")).toBeTruthy();
  await userEvent.click(signIn);
  expect(asked(platform, "start_oauth"), "nothing begins before everything required is given").toEqual([]);
  await userEvent.type(screen.getByLabelText(/Client id/), "my-app");
  await userEvent.type(screen.getByLabelText(/Your account's domain/), "acme");
  await userEvent.click(signIn);
  expect(asked(platform, "start_oauth")).toMatchObject([{ client_id: "my-app", client_secret: null, host: "https://login.example.net", settings: [{ name: "domain", value: "acme" }] }]);
});

it("signs in where the person says, also at a domain only their account has", async () => {
  const platform = openApp("connections/new");
  await userEvent.click(await screen.findByRole("button", { name: /^Harbour CRM/ }));
  await userEvent.type(screen.getByLabelText(/Client id/), "my-app");
  await userEvent.type(screen.getByLabelText(/Your account's domain/), "acme");
  await userEvent.click(screen.getByRole("radio", { name: "Own domain" }));
  const signIn = screen.getByRole("button", { name: "Sign in to Harbour CRM" });
  await userEvent.click(signIn);
  expect(asked(platform, "start_oauth"), "the domain has to be typed first").toEqual([]);
  await userEvent.type(screen.getByRole("textbox", { name: /Own domain/ }), " acme.my.example.net ");
  await userEvent.click(signIn);
  expect(asked(platform, "start_oauth")).toMatchObject([{ host: "acme.my.example.net" }]);
});

it("connects an app without a browser, with what its way asks for", async () => {
  const platform = openApp("connections/new");
  await userEvent.click(await screen.findByRole("button", { name: /^Harbour CRM/ }));
  await userEvent.type(screen.getByLabelText(/Your account's domain/), "acme");
  await userEvent.click(screen.getByRole("radio", { name: "With an app and its secret" }));
  await userEvent.type(screen.getByRole("textbox", { name: /Own domain/ }), "acme.my.example.net");
  await userEvent.type(screen.getByLabelText(/Client id/), "my-app");
  const connect = screen.getByRole("button", { name: "Connect" });
  await userEvent.click(connect);
  expect(asked(platform, "connect"), "the secret is missing").toEqual([]);
  await userEvent.type(screen.getByLabelText(/Client secret/), "hush");
  await userEvent.click(connect);
  expect(asked(platform, "connect")).toMatchObject([
    { host: "acme.my.example.net", token: null, app: { by: "client_credentials", client_id: "my-app", client_secret: "hush" } },
  ]);
});

it("asks for the private key and the user of an app that signs, and for a code of one that pastes", async () => {
  const platform = openApp("connections/new");
  await userEvent.click(await screen.findByRole("button", { name: /^Harbour CRM/ }));
  await userEvent.type(screen.getByLabelText(/Your account's domain/), "acme");
  await userEvent.click(screen.getByRole("radio", { name: "With a code you make there" }));
  expect(screen.getByText("people.read,people.write"), "the scopes to make it for, as the vendor writes them").toBeTruthy();
  expect(screen.getByLabelText(/^Code/)).toBeTruthy();
  await userEvent.click(screen.getByRole("radio", { name: "With an app and its private key" }));
  await userEvent.type(screen.getByLabelText(/Client id/), "my-app");
  await userEvent.type(screen.getByLabelText(/User it acts for/), "ada@example.com");
  await userEvent.type(screen.getByLabelText(/Private key/), "a key");
  await userEvent.click(screen.getByRole("button", { name: "Connect" }));
  expect(asked(platform, "connect")).toMatchObject([
    { host: "https://login.example.net", app: { by: "jwt_bearer", user: "ada@example.com", private_key: "a key", audience: null } },
  ]);
});

it("begins to connect again the way and at the place it was connected before", () => {
  const harbour = connectors.find(({ id }) => id === "harbour")!;
  const before = firstConnections()[0]!;
  const form = (way: string, host: string | null) => {
    const { way: at, host: chosen, ownHost } = formOf({ ...before, connector: "harbour", way, host }, harbour);
    return [harbour.auth[at]?.kind, chosen, ownHost];
  };
  expect(form("o_auth", "https://test.example.net")).toEqual(["o_auth", "https://test.example.net", ""]);
  expect(form("client_credentials", "acme.my.example.net")).toEqual(["client_credentials", "own", "acme.my.example.net"]);
  expect(form("token", null), "a way that is not offered any more").toEqual(["o_auth", "", ""]);
});

it("says of a destination that confirms nothing what synced means there", async () => {
  openApp("connections/new");
  await userEvent.click(await screen.findByRole("button", { name: /^Any web address/ }));
  expect(screen.getByText(/does not say what becomes of a lead/)).toBeTruthy();
});

it("says whether a CRM tells of changes, and takes the address it needs for that", async () => {
  const platform = openApp("connections/dst-hubspot");
  expect(await screen.findByText("Changes are looked for every few minutes.")).toBeTruthy();
  await userEvent.type(await screen.findByLabelText("Address"), "https://tunnel.example.com");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(asked(platform, "save_settings")).toMatchObject([{ receiver_public_url: "https://tunnel.example.com", region: "GB" }]);
});

it("says before disconnecting which syncs will wait", async () => {
  const platform = openApp("connections/dst-hubspot");
  await userEvent.click(await screen.findByRole("button", { name: "Disconnect" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(dialog.getByText(/2 syncs will wait/)).toBeTruthy();
  await userEvent.click(dialog.getByRole("button", { name: "Disconnect" }));
  expect(asked(platform, "disconnect")).toEqual([{ id: "dst-hubspot" }]);
  await waitFor(() => expect(screen.queryByRole("button", { name: "Disconnect" })).toBeNull());
});

it("changes the weather of a practice CRM at once", async () => {
  const platform = openApp("connections");
  await userEvent.click(await screen.findByRole("switch", { name: "Does not answer" }));
  expect(asked(platform, "set_weather")).toMatchObject([{ dialect: "hubspot", weather: { outage: true, revoked: false } }]);
});

it("reads tokens, pairs and clocks", () => {
  expect(["pat-eu1-x", "sk-x", ""].map((token) => tokenShape(token, ["pat-eu1-"]))).toEqual(["right", "other", "empty"]);
  expect(pairsFrom(pairsText([["X-Team", "north"], ["", "lost"]]))).toEqual([["X-Team", "north"]]);
  expect([clockWords(300_000), clockWords(59_001), clockWords(-5)]).toEqual(["5:00", "1:00", "0:00"]);
});
