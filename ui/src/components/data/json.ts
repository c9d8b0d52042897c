export interface JsonPiece {
  kind: "name" | "string" | "number" | "word" | "sign";
  words: string;
}

const piece = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|([^"\d\-tfn]+|.)/g;

/** JSON laid out and cut into coloured pieces. What is no JSON comes back whole: a vendor's broken body is shown as it came. */
export function jsonPieces(code: string): JsonPiece[] {
  let laidOut: string;
  try {
    laidOut = JSON.stringify(JSON.parse(code), null, 2);
  } catch {
    return [{ kind: "sign", words: code }];
  }
  return [...laidOut.matchAll(piece)].flatMap(([all, quoted, colon, number, word]): JsonPiece[] => {
    if (quoted !== undefined && colon !== undefined) return [{ kind: "name", words: quoted }, { kind: "sign", words: colon }];
    if (quoted !== undefined) return [{ kind: "string", words: quoted }];
    if (number !== undefined) return [{ kind: "number", words: number }];
    return [{ kind: word === undefined ? "sign" : "word", words: all }];
  });
}
