import styles from "./Sparkline.module.css";

interface SparklineProps {
  values: readonly number[];
  /** The whole meaning in words: "Leads per hour today, 4 to 31, now 12". */
  label: string;
  width?: number;
  height?: number;
}

/** A line without axes: shape only. The number it is about stands beside it. */
export function Sparkline({ values, label, width = 96, height = 24 }: SparklineProps) {
  const { line, last } = sparkPath(values, width, height);
  return (
    <svg className={styles.spark} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {last && (
        <>
          <path className={styles.area} d={`${line}V${height}H${PADDING}Z`} />
          <path className={styles.line} d={line} />
          <circle className={styles.dot} cx={last.x} cy={last.y} r={2} />
        </>
      )}
    </svg>
  );
}

const PADDING = 3;

/** Scaled from zero, so that a calm line looks calm. */
export function sparkPath(values: readonly number[], width: number, height: number): { line: string; last: { x: number; y: number } | undefined } {
  const top = Math.max(...values, 1);
  const step = (width - 2 * PADDING) / Math.max(values.length - 1, 1);
  const points = values.map((value, at) => ({
    x: round(PADDING + at * step),
    y: round(height - PADDING - (value / top) * (height - 2 * PADDING)),
  }));
  return { line: points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x} ${y}`).join(""), last: points.at(-1) };
}

const round = (value: number) => Math.round(value * 10) / 10;
