import { formatCount, formatShort } from "@/lib/format";

interface CountProps {
  of: number;
  /** At most three significant digits, the exact number on hover. For tiles. */
  short?: boolean;
}

/** A number with the locale's separators. */
export function Count({ of, short = false }: CountProps) {
  const exact = formatCount(of);
  if (!short) return <span>{exact}</span>;
  return <span title={exact}>{formatShort(of)}</span>;
}
