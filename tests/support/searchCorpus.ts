/**
 * Texts that people might send, and what staff might type to find them again. Each query names the texts that it means.
 * Grouped by what makes it hard.
 */

export interface Searchable {
  key: string
  body: string
  name?: string
  municipality?: string
  sector?: string
}

const text = (key: string, body: string, rest: Omit<Searchable, 'key' | 'body'> = {}): Searchable => ({
  key,
  body,
  ...rest,
})

export const TEXTS: Searchable[] = [
  text('folletos', 'Hay que traducir los folletos de la estrategia al mazahua y al otomí.', {
    municipality: '15124',
  }),
  text('lenguas', 'Las audiencias deben tener intérpretes de lenguas indígenas, no sólo de español.', {
    municipality: '15085',
  }),
  text('minutas', 'Que las minutas de cada reunión se peguen en la entrada de la presidencia municipal.', {
    name: 'María Fernanda Nuñez',
    sector: 'sociedad_civil',
  }),
  text('biblioteca', 'La biblioteca pública puede ser el lugar donde se consulten los insumos en papel.', {
    municipality: '15062',
  }),
  text('quioscos', 'Instalen quioscos con computadora en los mercados para quien no tiene teléfono.', {
    name: 'José Ángel Pérez',
  }),
  text(
    'lectores',
    'El portal no funciona con lectores de pantalla; las personas ciegas no pueden participar.',
    {
      sector: 'academia',
    },
  ),
  text('senas', 'Los videos necesitan subtítulos e intérprete de Lengua de Señas Mexicana.', {
    name: 'Ximena Ortiz',
  }),
  text('presupuesto', 'Publicar el presupuesto participativo con montos por colonia y avance de cada obra.', {
    municipality: '15033',
    sector: 'empresa',
  }),
  text('obras', 'Las obras inconclusas deberían tener un tablero con fotografías y responsables.', {
    municipality: '15033',
  }),
  text('agua', 'Falta agua potable en las colonias altas y nadie informa los horarios del tandeo.', {
    municipality: '15020',
    name: 'Guadalupe Hernández',
  }),
  text('pozos', 'Transparentar las concesiones de los pozos y los volúmenes que se extraen.', {
    municipality: '15099',
  }),
  text('alumbrado', 'El alumbrado de los andadores está fundido y caminar de noche es peligroso.', {
    municipality: '15104',
    sector: 'estudiante',
  }),
  text('camiones', 'Los camiones del transporte público no respetan paradas ni tarifas preferentes.', {
    municipality: '15058',
    sector: 'estudiante',
  }),
  text('ciclovia', 'Una ciclovía segura entre la estación y la universidad bajaría el tránsito.', {
    municipality: '15106',
  }),
  text('basura', 'Separar la basura no sirve si el camión recolector la vuelve a mezclar.', {
    municipality: '15054',
  }),
  text('arboles', 'Plantar árboles nativos en los camellones y regarlos con agua tratada.', {
    name: 'Óscar Ibáñez',
  }),
  text('jovenes', 'Invitar a jóvenes de preparatoria como observadores de las sesiones del cabildo.', {
    sector: 'estudiante',
  }),
  text('cabildo', 'Transmitir en vivo el cabildo y guardar las grabaciones con índice por tema.', {
    municipality: '15051',
  }),
  text('compras', 'Los contratos y compras de emergencia deben publicarse en formato abierto.', {
    sector: 'empresa',
  }),
  text('datos', 'Datos abiertos con diccionario: sin explicación de columnas nadie los reutiliza.', {
    sector: 'academia',
  }),
  text('denuncias', 'Un buzón de denuncias anónimas con número de seguimiento y plazo de respuesta.', {
    name: 'Raúl Domínguez',
  }),
  text('proteccion', 'Proteger a quien denuncia corrupción de represalias en su oficina.', {
    sector: 'servicio_publico',
  }),
  text('tramites', 'Simplificar los trámites: piden la misma acta tres veces en ventanillas distintas.', {
    municipality: '15121',
  }),
  text('citas', 'Las citas en línea se agotan en minutos; aparten lugares para personas mayores.', {
    municipality: '15013',
  }),
  text('cuidados', 'Quienes cuidan a otras personas no llegan a reuniones vespertinas sin ludoteca.', {
    name: 'Leticia Monroy',
  }),
  text('mujeres', 'Mesas encabezadas por mujeres rurales, con traslado pagado y en su comunidad.', {
    municipality: '15042',
  }),
  text('escuelas', 'Llevar la consulta a las escuelas primarias con dibujos y votaciones sencillas.', {
    sector: 'servicio_publico',
  }),
  text('mercados', 'Los tianguis y mercados son el mejor sitio para anunciar las jornadas.', {
    municipality: '15009',
  }),
  text('radio', 'La radio comunitaria llega donde no hay señal: avisen ahí de las convocatorias.', {
    municipality: '15123',
  }),
  text('respuestas', 'Cada propuesta merece una respuesta escrita con motivos, aunque sea negativa.', {
    name: 'Iñaki Echeverría',
  }),
  text('seguimiento', 'Después de la consulta nadie da seguimiento; falta un calendario de compromisos.', {
    sector: 'sociedad_civil',
  }),
  text('salud', 'El centro de salud carece de medicinas y no publica su inventario.', {
    municipality: '15005',
  }),
  text('policia', 'Evaluar a la policía con encuestas a víctimas y publicar los resultados.', {
    municipality: '15025',
  }),
  text('museo', 'El museo podría prestar su auditorio para las mesas de resultados.', {
    municipality: '15095',
  }),
]

export interface LabelledQuery {
  typed: string
  means: string[]
}

const asks = (typed: string, ...means: string[]): LabelledQuery => ({ typed, means })

export const QUERIES: Record<string, LabelledQuery[]> = {
  'another form of the word': [
    asks('traducir folletos', 'folletos'),
    asks('traducción del folleto', 'folletos'),
    asks('participaríamos', 'lectores', 'presupuesto'),
    asks('publicando el presupuesto', 'presupuesto'),
    asks('minuta de reuniones', 'minutas'),
    asks('intérprete', 'lenguas', 'senas'),
    asks('obra', 'presupuesto', 'obras'),
    asks('concesión de un pozo', 'pozos'),
    asks('tarifa', 'camiones'),
    asks('grabar sesiones', 'jovenes'),
    asks('contrato', 'compras'),
    asks('denunciar', 'denuncias', 'proteccion'),
    asks('trámite simple', 'tramites'),
    asks('árbol nativo', 'arboles'),
    asks('compromiso', 'seguimiento'),
    asks('medicina', 'salud'),
  ],
  'accents and capitals': [
    asks('BIBLIOTECA PUBLICA', 'biblioteca'),
    asks('interpretes de lenguas indigenas', 'lenguas'),
    asks('participacion', 'presupuesto', 'lectores'),
    asks('ciclovia', 'ciclovia'),
    asks('subtitulos', 'senas'),
    asks('tránsito', 'ciclovia'),
    asks('transito', 'ciclovia'),
    asks('telefono', 'quioscos'),
    asks('otomi', 'folletos'),
    asks('sésiones dél cabildó', 'jovenes'),
    asks('policia', 'policia'),
    asks('fotografias', 'obras'),
  ],
  'a typing mistake': [
    asks('bibloteca', 'biblioteca'),
    asks('alumbardo', 'alumbrado'),
    asks('presupesto', 'presupuesto'),
    asks('transprente', 'pozos'),
    asks('quiozcos', 'quioscos'),
    asks('subtitlos', 'senas'),
    asks('preparatorria', 'jovenes'),
    asks('corrpcion', 'proteccion'),
    asks('ventanilas', 'tramites'),
    asks('ludotca', 'cuidados'),
    asks('inventarrio', 'salud'),
    asks('auditoro', 'museo'),
  ],
  'a name': [
    asks('Nuñez', 'minutas'),
    asks('maria fernanda', 'minutas'),
    asks('José Ángel', 'quioscos'),
    asks('perez', 'quioscos'),
    asks('Guadalupe Hernandez', 'agua'),
    asks('oscar ibañez', 'arboles'),
    asks('Iñaki', 'respuestas'),
    asks('dominguez', 'denuncias'),
    asks('xime', 'senas'),
    asks('Leticia Monroy', 'cuidados'),
  ],
  'a place or a sector': [
    asks('Ecatepec', 'presupuesto', 'obras'),
    asks('ecatepec de morelos', 'presupuesto', 'obras'),
    asks('toluca', 'ciclovia'),
    asks('Nezahualcoyotl', 'camiones'),
    asks('San José del Rincón', 'folletos'),
    asks('ocoyoacac', 'biblioteca'),
    asks('Tlalnepantla', 'alumbrado'),
    asks('agua coacalco', 'agua'),
    asks('sociedad civil', 'minutas', 'seguimiento'),
    asks('servicio público', 'proteccion', 'escuelas'),
  ],
}
