// Chromium over a vite of our own: shared by axe.mjs and shots.mjs.
import { chromium } from "playwright-core";
import { createServer } from "vite";

/** Runs `visit(page, base)` against the development build with the fake platform; `PORT` avoids a taken port. */
export async function withBrowser(visit) {
  const port = Number(process.env.PORT ?? 5199);
  const server = await createServer({ server: { port, strictPort: true, host: "127.0.0.1", hmr: false }, logLevel: "error" });
  await server.listen();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  try {
    return await visit(browser, `http://127.0.0.1:${port}/`);
  } finally {
    await browser.close();
    await server.close();
  }
}

export const sizes = [{ width: 1280, height: 800 }, { width: 1024, height: 640 }];
export const themes = ["light", "dark"];

/** Opens a route in a theme, with motion off, and waits until it stands. */
export async function openRoute(browser, base, route, theme, viewport) {
  const page = await browser.newPage({ colorScheme: theme, viewport, reducedMotion: "reduce" });
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.goto(`${base}#/${route}`);
  await page.locator("main h1").first().waitFor({ timeout: 30_000 });
  await page.waitForLoadState("networkidle");
  return { page, problems };
}
