// A median as a point and its quartiles as whiskers, in a plot that lies on its side.

/** The layers of a plot. `row` says where a value stands, `along` makes the axis of a field. */
export function whiskers(row, along) {
  return [
    { mark: { type: "rule", strokeWidth: 2 }, encoding: { ...row, x: along("lower"), x2: { field: "upper" } } },
    { mark: { type: "point", filled: true, size: 90 }, encoding: { ...row, x: along("median") } },
  ];
}
