/** What is folded on the screen is printed: paper cannot be unfolded. */

/** Unfolds a citizen's page while the browser prints it, and folds it again. Lasts as long as the app. */
export function unfoldOnPaper(): void {
  let unfolded: HTMLDetailsElement[] = []
  const setOpen = (isOpen: boolean) => unfolded.forEach((one) => (one.open = isOpen))
  addEventListener('beforeprint', () => {
    unfolded = [...document.querySelectorAll<HTMLDetailsElement>('.header-wide ~ .main details:not([open])')]
    setOpen(true)
  })
  addEventListener('afterprint', () => setOpen(false))
}
