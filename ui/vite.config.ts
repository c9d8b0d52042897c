import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The port is fixed because tauri.conf.json names it as devUrl; the base is relative because the built window is served
// from the app's own scheme, not from the root of a host.
export default defineConfig({
  plugins: [react()],
  base: "./",
  clearScreen: false,
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { port: 5173, strictPort: true, host: "127.0.0.1" },
  build: {
    // WebView2 is evergreen; the floor is set by the WKWebView of macOS 13 and WebKitGTK 2.40.
    target: ["safari16.4", "chrome111"],
    assetsInlineLimit: 0,
    sourcemap: false,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: { include: [/tokens\.css/] },
    // Typing is simulated key by key; on a busy machine that takes a while and proves no less.
    testTimeout: 60_000,
  },
});
