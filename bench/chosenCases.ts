/** The cases that are named in `--only`, separated by commas. @throws if there is none with a name */
export function chosenCases<Case>(
  cases: Readonly<Record<string, Case>>,
  only: string,
): { name: string; measure: Case }[] {
  return only.split(",").map((name) => {
    const measure = cases[name];
    if (measure === undefined) throw new Error(`There is no case "${name}". Cases: ${Object.keys(cases).join(", ")}`);
    return { name, measure };
  });
}

/** Progress is written to stderr, so that it isn't part of the table. */
export function progress(line: string): void {
  console.error(line);
}
