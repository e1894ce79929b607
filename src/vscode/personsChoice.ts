const choices = new WeakSet();

/** Marks the argument of a command that a person starts with a button, as opposed to one that a program built. */
export function personsChoice<Fields extends object>(fields: Fields): Fields {
  const argument = { ...fields };
  choices.add(argument);
  return argument;
}

export function isPersonsChoice(argument: object): boolean {
  return choices.has(argument);
}
