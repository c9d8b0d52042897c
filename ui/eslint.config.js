import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const onlyTheHostFile = {
  patterns: [{ group: ["@tauri-apps/*"], message: "Only src/platform/tauri.ts talks to Tauri. Use the platform." }],
};

const noData = {
  patterns: [
    ...onlyTheHostFile.patterns,
    { group: ["@/api/*", "@/screens/*", "@/app/*", "@tanstack/react-query"], message: "Components get values and callbacks, no data." },
  ],
};

export default tseslint.config(
  { ignores: ["dist", "src/api/generated"] },
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [...tseslint.configs.strictTypeChecked, jsxA11y.flatConfigs.strict, reactHooks.configs.flat.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-restricted-imports": ["error", onlyTheHostFile],
      "no-console": "error",
    },
  },
  { files: ["src/components/**"], rules: { "@typescript-eslint/no-restricted-imports": ["error", noData] } },
  { files: ["src/platform/tauri.ts"], rules: { "@typescript-eslint/no-restricted-imports": "off" } },
  {
    files: ["src/**/*.test.{ts,tsx}"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off", "@typescript-eslint/require-await": "off" },
  },
);
