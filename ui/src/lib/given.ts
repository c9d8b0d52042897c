type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/**
 * The properties that were given. Libraries typed under `exactOptionalPropertyTypes` want an absent property, not one
 * that is `undefined`.
 */
export function given<T extends object>(properties: T): Given<T> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as Given<T>;
}
