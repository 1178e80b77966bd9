/** The text of a proposal, the same for every contender: about 900 bytes as JSON. */

const BODY =
  'Propongo que cada acción tenga una persona responsable con nombre y horario, y que su avance se publique ' +
  'cada mes en un lugar que se pueda leer desde el teléfono, sin descargar archivos ni registrarse. '

export interface Words {
  body: string
  sector: string
  municipality: string
}

/** The text with this number, so that no two are equal. */
export const wordsOf = (index: number): Words => ({
  body: `${BODY}(${index})`,
  sector: 'estudiante',
  municipality: '15060',
})

/** The rest of the payload, where no real campaign exists. */
const COMMON = {
  convocatoria_id: '00000000-0000-4000-8000-000000000001',
  part_id: null,
  helps: null,
  display_name: 'Ana',
  email: 'ana@ejemplo.mx',
  notice_id: '00000000-0000-4000-8000-0000000000f0',
  notice_hash: 'f'.repeat(64),
  locale: 'es-MX',
  consented_at: '2026-11-23T18:00:00.000Z',
  consents: [
    { key: 'political_opinions', granted: true },
    { key: 'publish', granted: true },
  ],
}

/** A proposal as the peers store and send it: the app's payload, under an id made on the phone. */
export interface Proposal {
  id: string
  secret: string
  captured_at: string
  payload: object
}

export function proposalOf(index: number, common: object = COMMON): Proposal {
  const id = crypto.randomUUID()
  const captured_at = new Date().toISOString()
  return { id, secret: id.replaceAll('-', ''), captured_at, payload: { ...common, ...wordsOf(index) } }
}
