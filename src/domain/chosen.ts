/** The list with this one, once and last, or without it: what a checkbox does to what is chosen. */
export const choosing = <One>(list: readonly One[], one: One, isChosen: boolean): One[] => [
  ...list.filter((other) => other !== one),
  ...(isChosen ? [one] : []),
]
