/** Keeps the screen on until the returned function is called, where the browser can: a phone that sleeps stops its work. */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | undefined
  let isOver = false
  const ask = async () => {
    const sentinel = await navigator.wakeLock?.request('screen').catch(() => undefined)
    if (isOver) await sentinel?.release()
    else lock = sentinel
  }
  const again = () => {
    if (document.visibilityState === 'visible') void ask() // a hidden page loses it
  }
  document.addEventListener('visibilitychange', again)
  void ask()
  return () => {
    isOver = true
    document.removeEventListener('visibilitychange', again)
    void lock?.release()
  }
}
