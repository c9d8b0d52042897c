/** Whose keyboard a user agent speaks of. */
export function keyboardOf(userAgent: string): "mac" | "other" {
  return /Mac|iPhone|iPad/.test(userAgent) ? "mac" : "other";
}
