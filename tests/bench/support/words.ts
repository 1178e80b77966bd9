/** What a person wrote, the same for every contender: an ordinary proposal, about 600 bytes as JSON. */

const BODY =
  'Propongo que cada acción tenga una persona responsable con nombre y horario, y que su avance se publique ' +
  'cada mes en un lugar que se pueda leer desde el teléfono, sin descargar archivos ni registrarse. '

export interface Words {
  body: string
  sector: string
  municipality: string
}

/** `index` tells one from another. */
export const wordsOf = (index: number): Words => ({
  body: `${BODY}(${index})`,
  sector: 'estudiante',
  municipality: '15060',
})
