/** Data that this version of the project cannot use. They are kept aside, never deleted. */
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'

/** Says why in Spanish, after «los datos …»: another schema or another Postgres wrote them. */
export class OldData extends Error {
  constructor(readonly reason: string) {
    super(
      `Los datos locales ${reason}. «npm start» los guarda aparte y empieza con datos nuevos; «npm start -- --reset» los borra.`,
    )
  }
}

/** What belongs to one database. The cluster goes last: while it is there, the next start tries again. */
const PARTS = ['storage', 'inbox.jsonl', 'postgres.log', 'postgres']

/** Moves the data to a folder of their own below this one, and answers that folder. Postgres must not run on them. */
export function keepAside(folder: string): string {
  const aside = path.join(folder, `anterior-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`)
  mkdirSync(aside)
  copyFileSync(path.join(folder, 'password'), path.join(aside, 'password'))
  for (const part of PARTS) {
    const from = path.join(folder, part)
    if (existsSync(from)) renameSync(from, path.join(aside, part))
  }
  return aside
}

/** Tells a person where the data are and how to go on with them or without them. */
export const asideWords = (folder: string, aside: string, { reason }: OldData): string => `
Los datos de ${folder} ${reason}: esta versión no puede usarlos.
No se borró nada. Están completos en ${aside}, y aquí empiezan datos nuevos.

  Seguir con ellos    termina con Ctrl-C, vuelve a la versión del código que los hizo, borra de ${folder}
                      «postgres», «storage» e «inbox.jsonl», y mueve ahí lo que contiene ${path.basename(aside)}
  Ya no los quieres   borra ${aside}
  Empezar de nuevo    «npm start -- --reset» borra los datos nuevos y no toca los guardados aparte
`
