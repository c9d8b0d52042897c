// Runs before the first paint. Keep the key in step with src/app/preferences.ts (a test compares them).
try {
  var theme = JSON.parse(localStorage.getItem("leadferry.theme"));
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // No storage, or something foreign in it: the system's scheme stays.
}
