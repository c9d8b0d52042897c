// Checks routes with axe-core in both themes and fails on serious findings.
//   npm run axe                    the default routes
//   npm run axe -- home errors     these routes
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openRoute, sizes, themes, withBrowser } from "./browser.mjs";

const given = process.argv.slice(2);
const routes = given.length > 0 ? given : ["gallery", "home", "leads", "mapping", "errors", "activity", "connections", "settings"];
const axeSource = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

let bad = 0;
await withBrowser(async (browser, base) => {
  for (const route of routes) {
    for (const theme of themes) {
      const { page, problems } = await openRoute(browser, base, route, theme, sizes[0]);
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      bad += grave.length + problems.length;
      console.log(`${route}, ${theme}: ${grave.length} serious, ${violations.length - grave.length} minor, ${problems.length} page errors`);
      for (const { id, impact, nodes } of violations) console.log(`  ${impact} ${id}: ${nodes.slice(0, 4).map(({ target, failureSummary }) => `${target.join(" ")} (${failureSummary?.split("\n")[1]?.trim()})`).join("\n    ")}`);
      for (const problem of problems) console.log(`  page error: ${problem.slice(0, 400)}`);
      await page.close();
    }
  }
});
process.exitCode = bad > 0 ? 1 : 0;
