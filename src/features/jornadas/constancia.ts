/** The constancia of a registration on the wire. */

/** Who gets one: whoever attended one day, every day of their group, or so many hours. */
export interface ConstanciaRule {
  rule: 'day' | 'all' | 'hours'
  hours: number | null // of the rule «hours»
}

/** The last constancia of a registration. */
export interface IssuedConstancia {
  serial: string
  issued_on: string // YYYY-MM-DD
  ended_on: string | null
  ended_as: 'revoked' | 'superseded' | null
  code: string | null // what stands behind the # of its verification page; null until it is signed
}

/** An item of `constancia_figures`: a campaign with a rule. `due` counts up to 1,000. */
export interface ConstanciaFigures extends ConstanciaRule {
  convocatoria_id: string
  title: string
  due: number
  valid: number
  ended: number
}
