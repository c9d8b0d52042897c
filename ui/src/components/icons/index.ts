// One set, drawn by us: 24 grid, 1.5 stroke, round ends.
export { icon, type Icon, type IconProps } from "./icon";
export * from "./actions";
export * from "./places";
export * from "./states";
export * from "./things";
