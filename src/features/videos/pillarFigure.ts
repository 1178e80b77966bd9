/** The pillars that public/figures.svg draws, by the key that the studio makes of their names. */
const DRAWN = ['participacion', 'transparencia', 'rendicion_de_cuentas', 'colaboracion', 'gobernanza']

/** The drawing of a pillar; one for all those that an institution names otherwise. */
export const figureOf = (pillar: string): string => (DRAWN.includes(pillar) ? pillar : 'pilar')
