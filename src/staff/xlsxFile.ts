/** Tables as an XLSX file. The library that writes it loads when somebody asks for a file. */
import { offerFile } from './csv'

export interface Sheet {
  name: string
  /** Texts stay texts, whatever they begin with; numbers are numbers. */
  rows: readonly (readonly (string | number)[])[]
}

/** Excel takes 31 characters, and none of these. */
const sheetName = (name: string) => name.replaceAll(/[\\/?*[\]:]/gu, ' ').slice(0, 31)

/** A cell with a type of its own is never calculated: only the type «Formula» is. */
const cellOf = (value: string | number) =>
  typeof value === 'number' ? { value, type: Number } : { value, type: String }

export async function xlsxOf(sheets: readonly Sheet[]): Promise<Blob> {
  const { default: write } = await import('write-excel-file/universal')
  return await write(
    sheets.map(({ name, rows }) => ({
      sheet: sheetName(name),
      data: rows.map((row) => row.map(cellOf)),
      stickyRowsCount: 1,
    })),
  ).toBlob()
}

/** Downloads the sheets under this name. */
export const offerXlsx = async (name: string, sheets: readonly Sheet[]): Promise<void> =>
  offerFile(`${name}.xlsx`, await xlsxOf(sheets))
