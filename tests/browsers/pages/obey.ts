/** For a browser without a driver: the page asks the address in `?ask=` for its orders. */

interface Order {
  name: string
  args: unknown[]
}

async function carryOut(calls: Record<string, unknown>, { name, args }: Order) {
  try {
    const value = await (calls[name] as (...args: unknown[]) => unknown)(...args)
    return { value: value ?? null }
  } catch (error) {
    return { error: String(error) }
  }
}

async function serve(calls: Record<string, unknown>, address: string): Promise<void> {
  for (;;) {
    const order = (await (await fetch(address)).json()) as Order
    const answer = await carryOut(calls, order)
    await fetch(address, { method: 'POST', body: JSON.stringify(answer) })
  }
}

export function obey(calls: Record<string, unknown>): void {
  const address = new URLSearchParams(location.search).get('ask')
  if (address) void serve(calls, address)
}
