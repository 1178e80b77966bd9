/** How long a long work goes on before the screen has its turn. */
const TURN_MS = 8

const nextTurn = () => new Promise<void>((done) => setTimeout(done))

/** Does a work of many small steps in short turns, so that a key on a slow phone does not wait for it. */
export async function inTurns<Result>(steps: Generator<undefined, Result>): Promise<Result> {
  for (let until = performance.now() + TURN_MS; ;) {
    const { done, value } = steps.next()
    if (done) return value
    if (performance.now() < until) continue
    await nextTurn()
    until = performance.now() + TURN_MS
  }
}
