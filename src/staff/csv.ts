/** Files that the desk offers for download. */

/** Downloads a file under this name. */
export function offerFile(name: string, file: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Downloads a CSV text under this name. */
export const offerCsv = (name: string, csv: string): void =>
  offerFile(`${name}.csv`, new Blob([csv], { type: 'text/csv;charset=utf-8' }))
