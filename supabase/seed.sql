-- The demonstration: «Instituto de ejemplo» with a consultation, a call for videos and jornadas that are open
-- today, and the closed campaigns of the minutes of 28 October 2021. `npm start` runs it once for each database:
-- what people edit afterwards is theirs, and only local/demoCalendar.sql moves the dates. Its calendar begins on
-- a Thursday, so that the weekdays are those of the minutes. It refuses to run where a real institution is
-- configured.

do $$ begin
  if exists (select from app.institution i where i.demo_label is null) then
    raise exception 'This project belongs to a real institution: the demonstration does not go here.';
  end if;
end $$;

insert into app.institution (name, short_name, accent, demo_label, contact, transparency_unit, mail_from) values (
  'Instituto de ejemplo', 'Instituto de ejemplo', '#5b3a8e', 'Demostración: texto sin validez',
  '{"email": "ayuda@demo.example", "phone": "55 0000 0000 (número de muestra)",
    "address": "Calle de Ejemplo 1, Toluca, Estado de México (domicilio de muestra)",
    "hours": "Lunes a viernes, de 9:00 a 18:00, hora del centro de México"}',
  'Unidad de Transparencia de muestra. Calle de Ejemplo 1, Toluca. Correo: transparencia@demo.example',
  'avisos@demo.example')
on conflict (singleton) do update set name = excluded.name, short_name = excluded.short_name,
  accent = excluded.accent, demo_label = excluded.demo_label, contact = excluded.contact,
  transparency_unit = excluded.transparency_unit, mail_from = excluded.mail_from;

-- Avisos de privacidad ------------------------------------------------------------------------------------

insert into app.notices (id, version, title, label, published_on, simplified, full_form, consents) values
('00000000-0000-4000-8000-0000000000a1', 1, 'Aviso de privacidad de la consulta', 'Demostración: texto sin validez', '2026-01-05',
$j$[
  "Instituto de ejemplo es responsable de tus datos personales.",
  "Los usa para recibir, revisar y responder tu propuesta, y para contar cuántas personas participaron. Para esto basta con que la envíes.",
  "Necesita tu autorización expresa para dos finalidades más: usar tu propuesta en esta consulta, porque puede mostrar tus opiniones políticas, que son un dato sensible; y publicarla con tu nombre, tu municipio y tu sector, si los escribiste. Sin la segunda también puedes participar: leemos y respondemos tu propuesta, pero no la publicamos.",
  "Si prefieres hablar, tu voz también es un dato personal. El equipo escribe lo que dices y borra la grabación tres días después. Solo si lo autorizas, también publica la grabación.",
  "No transfiere tus datos a nadie, salvo que una autoridad competente los pida con fundamento en la ley.",
  "Puedes negarte aquí mismo, antes de enviar: deja sin marcar la autorización o cierra esta pantalla. Nada sale de tu teléfono hasta que toques «Enviar».",
  "El aviso completo está en esta aplicación y puedes leerlo sin conexión."
]$j$,
$j$[
  {"heading": "Quién es responsable", "paragraphs": ["Instituto de ejemplo, con domicilio en Calle de Ejemplo 1, Toluca, Estado de México (domicilio de muestra), es responsable del tratamiento de los datos personales que nos das en esta consulta."]},
  {"heading": "Qué datos pedimos", "paragraphs": ["Obligatorio: el texto de tu propuesta, o tu voz si prefieres hablar. Puede mostrar tus opiniones políticas: por eso la ley la considera un dato personal sensible y te pedimos una autorización expresa.", "Solo si quieres darlos: el nombre que se mostrará, tu sector, tu municipio y un correo electrónico. Puedes participar de forma anónima.", "No pedimos identificación oficial, CURP, domicilio, fecha de nacimiento ni teléfono."]},
  {"heading": "Para qué los usamos", "paragraphs": ["Finalidades que no requieren tu autorización: recibir tu propuesta, darle un folio, revisarla, responderla y elaborar estadísticas que no te identifican.", "Finalidades que sí requieren tu autorización: usar en la consulta una propuesta que puede mostrar tus opiniones políticas; y publicar tu propuesta y, si los escribiste, tu nombre, tu municipio y tu sector. Publicar tu voz tiene una autorización aparte."]},
  {"heading": "Con qué fundamento", "paragraphs": ["Las leyes de protección de datos personales en posesión de sujetos obligados, la general y la del Estado de México y sus municipios. Este es un texto de muestra: cada institución debe señalar aquí los artículos que la facultan y revisarlo con su área jurídica."]},
  {"heading": "A quién los damos", "paragraphs": ["A nadie. La única excepción son los requerimientos de una autoridad competente que estén fundados y motivados."]},
  {"heading": "Cuánto tiempo los guardamos", "paragraphs": ["Tu correo y tu nombre, 12 meses después de la respuesta. Lo que retires, 30 días después del retiro. La grabación de tu voz, tres días después de que el equipo escribe lo que dices, salvo que autorices publicarla. Lo demás, también tu propuesta publicada, 10 años después del fin de la consulta: es el plazo de conservación del archivo. Después se borra y queda una constancia del borrado, sin datos personales."]},
  {"heading": "Cómo ejercer tus derechos", "paragraphs": ["Puedes pedir acceso, rectificación, cancelación u oposición (derechos ARCO) y la portabilidad de tus datos con una solicitud a la Unidad de Transparencia: abajo están su domicilio, su correo y su horario.", "El plazo de respuesta es de 20 días hábiles, que puede ampliarse 10 más. Si procede, se cumple dentro de los 15 días hábiles siguientes."]},
  {"heading": "Unidad de Transparencia", "paragraphs": ["Calle de Ejemplo 1, Toluca, Estado de México (domicilio de muestra). Correo: transparencia@demo.example. Lunes a viernes, de 9:00 a 18:00."]},
  {"heading": "Cómo avisamos de los cambios", "paragraphs": ["Cada cambio es una versión nueva, con su fecha, que se publica en esta aplicación. Si el aviso cambia antes de que nos llegue tu propuesta, te volvemos a preguntar."]}
]$j$,
$j$[
  {"key": "political_opinions", "text": "Mi propuesta puede mostrar mis opiniones políticas. Autorizo usarla en esta consulta.", "required": true, "allows": ["political_opinions"], "until": "Hasta que la retire o termine el plazo de conservación."},
  {"key": "publish", "text": "Autorizo publicar mi propuesta y, si los escribí, mi nombre, mi municipio y mi sector.", "required": false, "allows": ["text", "name", "municipality", "sector"], "until": "Hasta que la retire o termine el plazo de conservación."},
  {"key": "voice", "text": "Si mandé una nota de voz, autorizo publicar también mi voz.", "required": false, "allows": ["voice"], "until": "Hasta que la retire o termine el plazo de conservación."}
]$j$),
('00000000-0000-4000-8000-0000000000a2', 1, 'Aviso de privacidad de las campañas por abrir', 'Demostración: texto sin validez', '2026-01-05',
$j$["Esta campaña todavía no abre y no recibe datos personales.", "Su aviso de privacidad se publicará aquí antes de la apertura."]$j$,
$j$[{"heading": "Antes de la apertura", "paragraphs": ["Instituto de ejemplo no trata datos personales para esta campaña mientras no abra. El aviso completo se publicará con la convocatoria."]}]$j$,
'[]'),
('00000000-0000-4000-8000-0000000000a5', 1, 'Aviso de privacidad de la convocatoria de videos', 'Demostración: texto sin validez', '2026-01-05',
$j$[
  "Instituto de ejemplo es responsable de tus datos personales.",
  "Los usa para recibir, revisar y responder tu video, y para contar cuántas personas participaron. Para esto basta con que lo envíes.",
  "Tu imagen y tu voz son datos personales. Solo si lo autorizas, publica tu video con sus textos y, si los escribiste, tu nombre, tu municipio y tu sector. Sin esa autorización también puedes participar: vemos y respondemos tu video, pero no lo publicamos.",
  "No transfiere tus datos a nadie, salvo que una autoridad competente los pida con fundamento en la ley.",
  "Puedes negarte aquí mismo, antes de enviar: deja sin marcar la autorización o cierra esta pantalla. Nada sale de tu teléfono hasta que toques «Enviar».",
  "El aviso completo está en esta aplicación y puedes leerlo sin conexión."
]$j$,
$j$[
  {"heading": "Quién es responsable", "paragraphs": ["Instituto de ejemplo, con domicilio en Calle de Ejemplo 1, Toluca, Estado de México (domicilio de muestra), es responsable del tratamiento de los datos personales que nos das en esta convocatoria."]},
  {"heading": "Qué datos pedimos", "paragraphs": ["Obligatorio: tu video, donde pueden verse y oírse tu imagen y tu voz y las de quienes aparezcan, con su título y su resumen.", "Solo si quieres darlos: la transcripción, el nombre que se mostrará, tu sector, tu municipio y un correo electrónico. Puedes participar sin dar tu nombre.", "No pedimos identificación oficial, CURP, domicilio, fecha de nacimiento ni teléfono. No grabes los datos de otras personas.", "Cuando participan menores de 18 años: su primer nombre o un apodo, si lo dan, y de la persona adulta que les cuida, su nombre, parentesco y un correo o teléfono para pedirle permiso."]},
  {"heading": "Para qué los usamos", "paragraphs": ["Finalidades que no requieren tu autorización: recibir tu video, darle un folio, revisarlo, responderlo y elaborar estadísticas que no te identifican.", "Finalidad que sí requiere tu autorización: publicar tu video con sus textos y, si los escribiste, tu nombre, tu municipio y tu sector."]},
  {"heading": "Con qué fundamento", "paragraphs": ["Las leyes de protección de datos personales en posesión de sujetos obligados, la general y la del Estado de México y sus municipios. Este es un texto de muestra: cada institución debe señalar aquí los artículos que la facultan y revisarlo con su área jurídica."]},
  {"heading": "A quién los damos", "paragraphs": ["A nadie. La única excepción son los requerimientos de una autoridad competente que estén fundados y motivados."]},
  {"heading": "Cuánto tiempo los guardamos", "paragraphs": ["Tu correo y tu nombre, 12 meses después de la respuesta. Los datos de la persona adulta que cuida a un menor, igual, y se borran antes si se niega o retira su permiso. Un video que no se elige, con sus textos, 90 días después de los resultados. Un video publicado, hasta que lo retires o termine tu autorización. Los textos de un video que retires, 30 días después del retiro. Lo demás, 10 años después de que termine la autorización: es el plazo de conservación del archivo. Después se borra y queda una constancia del borrado, sin datos personales."]},
  {"heading": "Si retiras tu video", "paragraphs": ["Deja de verse aquí de inmediato y borramos nuestras copias públicas. No podemos borrar lo que otras personas descargaron. Tienes 24 horas para cambiar de opinión."]},
  {"heading": "Cómo ejercer tus derechos", "paragraphs": ["Puedes pedir acceso, rectificación, cancelación u oposición (derechos ARCO) y la portabilidad de tus datos con una solicitud a la Unidad de Transparencia: abajo están su domicilio, su correo y su horario.", "El plazo de respuesta es de 20 días hábiles, que puede ampliarse 10 más. Si procede, se cumple dentro de los 15 días hábiles siguientes."]},
  {"heading": "Unidad de Transparencia", "paragraphs": ["Calle de Ejemplo 1, Toluca, Estado de México (domicilio de muestra). Correo: transparencia@demo.example. Lunes a viernes, de 9:00 a 18:00."]},
  {"heading": "Cómo avisamos de los cambios", "paragraphs": ["Cada cambio es una versión nueva, con su fecha, que se publica en esta aplicación. Si el aviso cambia antes de que nos llegue tu video, te volvemos a preguntar."]}
]$j$,
$j$[
  {"key": "own_work", "text": "Este video es mío y tengo permiso de usar su música e imágenes.", "required": true, "allows": []},
  {"key": "people_agree", "text": "Quienes aparecen están de acuerdo.", "required": true, "allows": []},
  {"key": "licence", "text": "Autorizo su uso gratuito y no exclusivo hasta el 31 de diciembre de 2030.", "required": true, "allows": ["licence"], "until": "31 de diciembre de 2030"},
  {"key": "publish", "text": "Autorizo publicar mi imagen, mi voz y los textos de mi video en la página de esta convocatoria y, si los escribí, mi nombre, mi municipio y mi sector.", "required": false, "allows": ["image_voice", "text", "name", "municipality", "sector"], "until": "31 de diciembre de 2030"}
]$j$),
('00000000-0000-4000-8000-0000000000a3', 1, 'Aviso sobre la recreación', 'Recreación a partir del acta del 28 de octubre de 2021', '2026-01-05',
$j$["Esta página recrea una consulta de 2021 a partir de un acta pública. No recibe, guarda ni publica datos personales de quienes participaron."]$j$,
$j$[{"heading": "Qué contiene", "paragraphs": ["Solo fechas y texto tomados del acta de la sesión del 28 de octubre de 2021. No es una página oficial."]}]$j$,
'[]'),
('00000000-0000-4000-8000-0000000000a4', 1, 'Aviso de privacidad de las jornadas', 'Demostración: texto sin validez', '2026-01-05',
$j$[
  "Instituto de ejemplo es responsable de sus datos personales.",
  "Los usa para inscribirle en las jornadas, avisarle de cambios y recibirle en la entrada. Para esto basta con que envíe su inscripción.",
  "Necesita su autorización expresa para una finalidad más: atender una necesidad de accesibilidad, que puede revelar datos de su salud. Sin ella también puede inscribirse.",
  "No transfiere sus datos a nadie, salvo que una autoridad competente los pida con fundamento en la ley.",
  "Puede negarse aquí mismo, antes de enviar: cierre esta pantalla. Nada sale de su teléfono hasta que toque «Enviar».",
  "El aviso completo está en esta aplicación y puede leerlo sin conexión."
]$j$,
$j$[
  {"heading": "Quién es responsable", "paragraphs": ["Instituto de ejemplo, con domicilio en Calle de Ejemplo 1, Toluca, Estado de México (domicilio de muestra), es responsable del tratamiento de los datos personales que usted nos da al inscribirse."]},
  {"heading": "Qué datos pedimos", "paragraphs": ["Obligatorios: su nombre, su cargo, su institución, los días a los que asistirá y un correo electrónico, de preferencia institucional.", "Solo si quiere darla: una necesidad de accesibilidad. Puede revelar datos de salud: la ley la considera un dato personal sensible y le pedimos una autorización expresa.", "No pedimos identificación oficial, CURP, domicilio, fecha de nacimiento ni teléfono."]},
  {"heading": "Para qué los usamos", "paragraphs": ["Finalidades que no requieren su autorización: asignar lugares por orden de llegada, avisarle de cambios y registrar su asistencia.", "Finalidad que sí la requiere: preparar lo necesario para atender su necesidad de accesibilidad."]},
  {"heading": "Con qué fundamento", "paragraphs": ["Las leyes de protección de datos personales en posesión de sujetos obligados, la general y la del Estado de México y sus municipios. Este es un texto de muestra: cada institución debe señalar aquí los artículos que la facultan y revisarlo con su área jurídica."]},
  {"heading": "A quién los damos", "paragraphs": ["A nadie. La única excepción son los requerimientos de una autoridad competente que estén fundados y motivados."]},
  {"heading": "Cuánto tiempo los guardamos", "paragraphs": ["La necesidad de accesibilidad se borra al terminar el último día de su inscripción. Su correo, 12 meses después de ese día; su nombre, su cargo y la hora de su llegada, 24 meses después. La inscripción que cancele por completo, 30 días después. Lo demás, 10 años después de la última jornada: es el plazo de conservación del archivo. Después se borra y queda una constancia del borrado, sin datos personales."]},
  {"heading": "Cómo ejercer sus derechos", "paragraphs": ["Puede pedir acceso, rectificación, cancelación u oposición (derechos ARCO) y la portabilidad de sus datos con una solicitud a la Unidad de Transparencia: abajo están su domicilio, su correo y su horario.", "El plazo de respuesta es de 20 días hábiles, que puede ampliarse 10 más. Si procede, se cumple dentro de los 15 días hábiles siguientes."]},
  {"heading": "Unidad de Transparencia", "paragraphs": ["Calle de Ejemplo 1, Toluca, Estado de México (domicilio de muestra). Correo: transparencia@demo.example. Lunes a viernes, de 9:00 a 18:00."]},
  {"heading": "Cómo avisamos de los cambios", "paragraphs": ["Cada cambio es una versión nueva, con su fecha, que se publica en esta aplicación. Si el aviso cambia antes de que nos llegue su inscripción, le volvemos a preguntar."]}
]$j$,
$j$[
  {"key": "accessibility", "text": "Mi necesidad de accesibilidad puede revelar datos de mi salud. Autorizo usarla solo para atenderme en las jornadas.", "required": false}
]$j$)
on conflict (id) do nothing;

-- Convocatorias -------------------------------------------------------------------------------------------

-- The day from which the calendar counts. It is a Thursday, because the campaign of the minutes opens on one.
create temporary table demo_calendar as
select t.today - (extract(isodow from t.today)::int + 3) % 7 as opens
from (select app.local_day(app.now()) as today) t;

create temporary table seeded (like app.convocatorias including defaults);
insert into seeded (id, slug, kind, title, label, summary, question, who_decides, what_happens_next, source,
  opens_at, closes_at, grace, inputs_on, results_on, answer_by, notice_id, published)
select '00000000-0000-4000-8000-0000000000c1'::uuid, 'cultura-de-gobierno-abierto', 'propuestas',
  'Estrategia para la promoción de la Cultura de Gobierno Abierto', 'Demostración: texto sin validez',
  'Lee la ruta que se propone y dinos si sus acciones de verdad promueven el gobierno abierto, o qué les falta.',
  '¿Estas acciones llevan a un gobierno más abierto? ¿Qué falta?',
  'Una comisión del Instituto de ejemplo lee todas las propuestas y responde cada una con razones. Lo que se acepte cambia el texto de la estrategia.',
  E'Leemos cada propuesta y te respondemos.\n\nLo que se acepta cambia el texto de la estrategia.\n\nLa estrategia renovada se presenta al Secretariado Técnico Local, con el texto anterior y el nuevo a la vista.',
  'Calendario y propósito tomados del acta del 28 de octubre de 2021. El texto de la estrategia es de muestra.',
  d.opens::timestamp at time zone 'America/Mexico_City', app.end_of_day(d.opens + 8), interval '48 hours',
  d.opens - 1, d.opens + 13, d.opens + 22, '00000000-0000-4000-8000-0000000000a1'::uuid, true from demo_calendar d
union all select '00000000-0000-4000-8000-0000000000c2', 'videos-por-el-gobierno-abierto', 'videos',
  'Videos por el gobierno abierto', 'Demostración: texto sin validez',
  'Envía un video sobre uno de los pilares del gobierno abierto, su relevancia y por qué conviene promoverlo.',
  '¿Qué pilar del gobierno abierto te importa, y por qué?',
  'Un comité del Instituto de ejemplo elige los videos de mayor valor por su contenido y calidad.',
  'Los videos elegidos se publican con su transcripción y forman parte de la campaña de difusión.',
  'Propósito tomado del acta del 28 de octubre de 2021. Fechas de muestra.',
  (d.opens - 7)::timestamp at time zone 'America/Mexico_City', app.end_of_day(d.opens + 50), interval '48 hours',
  null, d.opens + 71, d.opens + 71, '00000000-0000-4000-8000-0000000000a5', true from demo_calendar d
union all select '00000000-0000-4000-8000-0000000000c3', 'jornadas-de-transparencia-proactiva', 'jornadas',
  'Jornadas de Sensibilización en materia de Transparencia Proactiva', 'Demostración: texto sin validez',
  'Sesiones para que los sujetos obligados publiquen información socialmente útil. Elija los días, busque su institución e inscríbase.',
  '¿A qué sesiones asistirá su institución?',
  'El Instituto de ejemplo asigna los lugares por orden de llegada a su servidor. Cuando se llenan, hay lista de espera.',
  E'Recibe la confirmación en el momento en que nos llega su inscripción.\n\nSi un día está lleno, queda en lista de espera y le avisamos cuando se libere un lugar.\n\nEl día de la jornada presenta su pase en la entrada, aunque no haya señal.',
  'Grupos, orden y días de la semana tomados del acta del 28 de octubre de 2021. Fechas, horas, lugares y cupos de muestra; ponentes ficticios.',
  (d.opens - 7)::timestamp at time zone 'America/Mexico_City', app.end_of_day(d.opens + 58), interval '0',
  null, null, d.opens + 58, '00000000-0000-4000-8000-0000000000a4', true from demo_calendar d
union all select '00000000-0000-4000-8000-0000000000c4', 'consulta-noviembre-2021', 'propuestas',
  'Consulta sobre la Estrategia para la promoción de la Cultura de Gobierno Abierto',
  'Recreación a partir del acta del 28 de octubre de 2021',
  'Convocatoria abierta para recibir de parte de la ciudadanía sus aportes respecto de la ruta propuesta.',
  '¿Las acciones propuestas realmente se encaminan, o no, a la consecución de una promoción decidida de la agenda de Gobierno Abierto en la entidad?',
  'El Infoem recopilaría, sistematizaría y analizaría las propuestas, y presentaría al Secretariado Técnico Local una versión renovada de la Estrategia de Implementación del compromiso.',
  'La consulta está cerrada. Según el acta, los aportes se compartirían en una mesa de resultados y la versión renovada de la Estrategia se presentaría al Secretariado Técnico Local.',
  'Acta de la Tercera Sesión Ordinaria de la Comisión de Gobierno Abierto y Transparencia Proactiva del Infoem, 28 de octubre de 2021, punto VII.',
  '2021-11-04'::timestamp at time zone 'America/Mexico_City', app.end_of_day('2021-11-12'), interval '0',
  '2021-11-03', '2021-11-17', '2021-11-26', '00000000-0000-4000-8000-0000000000a3', true
union all select '00000000-0000-4000-8000-0000000000c5', 'jornadas-2021-2022', 'jornadas',
  'Jornadas de Sensibilización en Materia de Transparencia Proactiva 2021 - 2022',
  'Recreación a partir del acta del 28 de octubre de 2021',
  'Jornadas para dar a conocer a los sujetos obligados un panorama en materia de transparencia proactiva.',
  '¿Cómo generar información socialmente útil en materia de transparencia proactiva?',
  'La Comisión aprobó la propuesta por unanimidad de votos en su sesión del 28 de octubre de 2021.',
  'Las jornadas ya pasaron. El acta no señala lugares, cupos ni otras horas que las de los primeros días.',
  'Acta de la Tercera Sesión Ordinaria de la Comisión de Gobierno Abierto y Transparencia Proactiva del Infoem, 28 de octubre de 2021, punto IV.',
  '2021-11-04'::timestamp at time zone 'America/Mexico_City', app.end_of_day('2022-02-17'), interval '0',
  null, null, '2022-02-17', '00000000-0000-4000-8000-0000000000a3', true
union all select '00000000-0000-4000-8000-0000000000c6', 'plan-de-difusion-2021', 'videos',
  'Plan de Difusión en materia de Gobierno Abierto: convocatoria de videos',
  'Recreación a partir del acta del 28 de octubre de 2021',
  'Convocatoria para que desde cualquier sector social se enviara material video grabado sobre alguno de los pilares de Gobierno Abierto.',
  '¿Cuál es la relevancia de alguno de los pilares de Gobierno Abierto y por qué es importante promoverlo en los diferentes ámbitos de gobierno?',
  'Según el acta, los productos que se consideraran de alto valor por su contenido y calidad se pondrían como parte de la campaña de difusión.',
  'La convocatoria está cerrada. El acta propone el periodo de noviembre de 2021 a junio de 2022 como tentativo; no fija días, límites ni una lista de pilares.',
  'Acta de la Tercera Sesión Ordinaria de la Comisión de Gobierno Abierto y Transparencia Proactiva del Infoem, 28 de octubre de 2021, punto V.',
  '2021-11-01'::timestamp at time zone 'America/Mexico_City', app.end_of_day('2022-06-30'), interval '0',
  null, null, '2022-06-30', '00000000-0000-4000-8000-0000000000a3', true;

insert into app.convocatorias as c select s.* from seeded s
on conflict (id) do update set slug = excluded.slug, title = excluded.title, label = excluded.label,
  summary = excluded.summary, question = excluded.question, who_decides = excluded.who_decides,
  what_happens_next = excluded.what_happens_next, source = excluded.source, opens_at = excluded.opens_at,
  closes_at = excluded.closes_at, grace = excluded.grace, inputs_on = excluded.inputs_on,
  results_on = excluded.results_on, answer_by = excluded.answer_by, notice_id = excluded.notice_id;

insert into app.milestones (id, convocatoria_id, position, on_day, until_day, title, note)
select format('00000000-0000-4000-8000-0000000f010%s', v.position)::uuid,
  '00000000-0000-4000-8000-0000000000c1'::uuid, v.position, d.opens + v.from_day, d.opens + v.to_day, v.title, v.note
from demo_calendar d, (values
  (1, -1, null::int, 'Publicación de insumos', null),
  (2, 0, 8, 'Recepción de propuestas', 'Lo que escribas sin señal cuenta si nos llega dentro de las 48 horas posteriores al cierre.'),
  (3, 13, null, 'Resultados', 'El Instituto de ejemplo termina de leer y ordenar las propuestas.'),
  (4, 22, null, 'Estrategia renovada', 'Se presenta al Secretariado Técnico Local. A más tardar este día respondemos todas las propuestas.'),
  (5, null, null, 'Inicio de la estrategia', null)) v (position, from_day, to_day, title, note)
union all select format('00000000-0000-4000-8000-0000000f040%s', v.position)::uuid,
  '00000000-0000-4000-8000-0000000000c4', v.* from (values
  (1, '2021-11-03'::date, null::date, 'Publicación de insumos', null),
  (2, '2021-11-04', '2021-11-12', 'Recepción de propuestas', null),
  (3, '2021-11-17', null, 'Mesa de resultados', 'Para socializar los aportes recabados tanto con los participantes como con aquellos sectores sociales interesados o con vínculos con la agenda de apertura gubernamental.'),
  (4, '2021-11-26', null, 'Sesión del Secretariado Técnico Local', 'Presentación de una versión renovada de la Estrategia de Implementación del compromiso.'),
  (5, null, null, 'Arranque del compromiso', 'En el mes de enero de 2022; día por confirmar.')) v (position, on_day, until_day, title, note)
on conflict (id) do nothing;

update app.milestones m set on_day = d.opens + v.from_day, until_day = d.opens + v.to_day
from demo_calendar d, (values (1, -1, null::int), (2, 0, 8), (3, 13, null), (4, 22, null)) v (position, from_day, to_day)
where m.convocatoria_id = '00000000-0000-4000-8000-0000000000c1' and m.position = v.position;

-- Jornadas ------------------------------------------------------------------------------------------------
-- Those of today have invented days. Those of the minutes hold only what the minutes say.

insert into app.jornada_groups (id, convocatoria_id, position, name) values
  ('00000000-0000-4000-8000-0000000a3001', '00000000-0000-4000-8000-0000000000c3', 1, 'Grupo 1'),
  ('00000000-0000-4000-8000-0000000a3002', '00000000-0000-4000-8000-0000000000c3', 2, 'Grupo 2'),
  ('00000000-0000-4000-8000-0000000a5001', '00000000-0000-4000-8000-0000000000c5', 1, 'Grupo 1'),
  ('00000000-0000-4000-8000-0000000a5002', '00000000-0000-4000-8000-0000000000c5', 2, 'Grupo 2')
on conflict (id) do nothing;

insert into app.group_classes (convocatoria_id, group_id, class_key)
select g.convocatoria_id, g.id, c.class_key from app.jornada_groups g join (values
  (1, 'poder_ejecutivo'), (1, 'poder_legislativo'), (1, 'poder_judicial'), (1, 'organo_autonomo'),
  (1, 'partido_politico'), (1, 'sindicato'), (2, 'ayuntamiento'), (2, 'opdapas'), (2, 'dif_municipal'))
  c (position, class_key) on c.position = g.position
where g.id::text like '00000000-0000-4000-8000-0000000a_00_'
on conflict (convocatoria_id, class_key) do nothing;

-- The weekdays follow the minutes: Thursday, Tuesday, Friday, Tuesday, Monday in group 1; Thursday, Tuesday,
-- Thursday, Tuesday in group 2.
create temporary table seeded_jornadas as
select format('00000000-0000-4000-8000-0000000b3%s0%s', v.in_group, v.position)::uuid as id,
  '00000000-0000-4000-8000-0000000000c3'::uuid as convocatoria_id,
  format('00000000-0000-4000-8000-0000000a300%s', v.in_group)::uuid as group_id, v.position, v.title,
  'Ponente de ejemplo ' || v.position as speaker, d.opens + v.day as on_day,
  (d.opens + v.day + time '10:00') at time zone 'America/Mexico_City' as starts_at,
  (d.opens + v.day + time '12:00') at time zone 'America/Mexico_City' as ends_at,
  v.place, v.modality, v.capacity, true as sample
from demo_calendar d, (values
  (1, 1, 'Foro de arranque y Primera Jornada', 14, 'Auditorio de ejemplo, Toluca (lugar de muestra)', 'presencial', 10),
  (1, 2, 'Segunda Jornada', 19, 'Auditorio de ejemplo, Toluca (lugar de muestra)', 'presencial', 10),
  (1, 3, 'Tercera Jornada', 22, 'Sala de ejemplo, Metepec (lugar de muestra)', 'presencial', 25),
  (1, 4, 'Cuarta Jornada', 26, 'Videoconferencia de ejemplo', 'virtual', 100),
  (1, 5, 'Quinta Jornada', 32, 'Auditorio de ejemplo, Toluca (lugar de muestra)', 'presencial', 10),
  (2, 1, 'Foro de arranque y Primera Jornada', 42, 'Auditorio de ejemplo, Toluca (lugar de muestra)', 'presencial', 10),
  (2, 2, 'Segunda Jornada', 47, 'Casa de cultura de ejemplo, Ecatepec (lugar de muestra)', 'presencial', 2),
  (2, 3, 'Tercera Jornada', 49, 'Videoconferencia de ejemplo', 'virtual', 100),
  (2, 4, 'Cuarta Jornada', 54, 'Auditorio de ejemplo, Toluca (lugar de muestra)', 'presencial', 10),
  (2, 5, 'Quinta Jornada', null::int, null, null, null::int)) v (in_group, position, title, day, place, modality, capacity)
union all select format('00000000-0000-4000-8000-0000000b5%s0%s', v.in_group, v.position)::uuid,
  '00000000-0000-4000-8000-0000000000c5', format('00000000-0000-4000-8000-0000000a500%s', v.in_group)::uuid,
  v.position, v.title, v.speaker, v.on_day,
  case when v.position = 1 then (v.on_day + time '13:30') at time zone 'America/Mexico_City' end,
  null, null, null, null, false from (values
  (1, 1, 'Foro de arranque y Primera Jornada', 'Comisionado Presidente José Martínez Vilchis', '2021-11-04'::date),
  (1, 2, 'Segunda Jornada', 'Comisionada María del Rosario Mejía Ayala', '2021-11-09'),
  (1, 3, 'Tercera Jornada', 'Comisionada Sharon C. Morales Martínez', '2021-11-12'),
  (1, 4, 'Cuarta Jornada', 'Comisionado Luis Gustavo Parra Noriega', '2021-11-16'),
  (1, 5, 'Quinta Jornada', 'Comisionada Guadalupe Ramírez Peña', null),
  (2, 1, 'Primera Jornada y Foro de arranque', 'Comisionado Presidente José Martínez Vilchis', '2022-02-03'),
  (2, 2, 'Segunda Jornada', 'Comisionada María del Rosario Mejía Ayala', '2022-02-08'),
  (2, 3, 'Tercera Jornada', 'Comisionada Sharon C. Morales Martínez', '2022-02-10'),
  (2, 4, 'Cuarta Jornada', 'Comisionado Luis Gustavo Parra Noriega', '2022-02-15'),
  (2, 5, 'Quinta Jornada', 'Comisionada Guadalupe Ramírez Peña', null)) v (in_group, position, title, speaker, on_day);

insert into app.jornadas as j (id, convocatoria_id, group_id, position, title, speaker, on_day, starts_at, ends_at,
  place, modality, capacity, sample)
select s.* from seeded_jornadas s
on conflict (id) do update set on_day = excluded.on_day, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
  title = excluded.title, speaker = excluded.speaker
where j.sequence = 0;   -- keeps what a coordinator rescheduled
-- One day in both modalities.
update app.jornadas j set online_capacity = 60
where j.id = '00000000-0000-4000-8000-0000000b3204' and j.sequence = 0 and j.online_capacity is null;

insert into app.milestones (id, convocatoria_id, position, on_day, until_day, title, note)
select format('00000000-0000-4000-8000-0000000f030%s', v.position)::uuid,
  '00000000-0000-4000-8000-0000000000c3'::uuid, v.position, d.opens + v.from_day, d.opens + v.to_day, v.title, v.note
from demo_calendar d, (values
  (1, -7, 58, 'Inscripciones', 'Los lugares se asignan por orden de llegada al servidor, sin plazo de tolerancia.'),
  (2, 14, 32, 'Jornadas del Grupo 1', 'Poder Ejecutivo, Legislativo y Judicial, órganos autónomos, partidos políticos y sindicatos.'),
  (3, 42, 54, 'Jornadas del Grupo 2', 'Ayuntamientos, OPDAPAS y sistemas DIF municipales. Una fecha está por confirmar.'))
  v (position, from_day, to_day, title, note)
union all select format('00000000-0000-4000-8000-0000000f050%s', v.position)::uuid,
  '00000000-0000-4000-8000-0000000000c5', v.* from (values
  (1, '2021-11-04'::date, '2021-11-16'::date, 'Jornadas del Grupo 1', 'Una fecha quedó por confirmar.'),
  (2, '2022-02-03', '2022-02-15', 'Jornadas del Grupo 2', 'Una fecha quedó por confirmar.')) v (position, on_day, until_day, title, note)
on conflict (id) do update set on_day = excluded.on_day, until_day = excluded.until_day;

insert into app.milestones as m (id, convocatoria_id, position, on_day, until_day, title, note)
select format('00000000-0000-4000-8000-0000000f020%s', v.position)::uuid,
  '00000000-0000-4000-8000-0000000000c2'::uuid, v.position, d.opens + v.from_day, d.opens + v.to_day, v.title, v.note
from demo_calendar d, (values
  (1, -7, 50, 'Recepción de videos', 'El texto de tu video debe llegarnos dentro de las 48 horas posteriores al cierre. El archivo puede terminar de subir en las 72 horas siguientes.'),
  (2, 51, 70, 'Revisión y selección', 'Un comité ve todos los videos. A cada persona le respondemos.'),
  (3, 71, null::int, 'Publicación de los videos elegidos', 'A más tardar este día respondemos todos los videos.')) v (position, from_day, to_day, title, note)
union all select format('00000000-0000-4000-8000-0000000f060%s', v.position)::uuid,
  '00000000-0000-4000-8000-0000000000c6', v.position, null, null, v.title, v.note from (values
  (1, 'Recepción de videos', 'De noviembre de 2021 a junio de 2022, periodo tentativo; días por confirmar.'),
  (2, 'Los de alto valor se suman a la campaña', 'Fecha por confirmar.'),
  (3, 'Posible reconocimiento a quienes generaron y difundieron material útil', 'Fecha por confirmar.')) v (position, title, note)
on conflict (id) do update set on_day = excluded.on_day, until_day = excluded.until_day, title = excluded.title,
  note = excluded.note;

-- The call for videos ---------------------------------------------------------------------------------------
-- The minutes name no closed list of pillars, so this one is a sample. The size limit is high because phones send
-- their files uncompressed.
insert into app.video_campaigns as v (convocatoria_id, min_s, max_s, max_bytes, medium, licence_until, rubric, jury_gap) values
  ('00000000-0000-4000-8000-0000000000c2', 15, 180, 300000000, 'la página de esta convocatoria', '2030-12-31',
    '[{"title": "Relación con el pilar", "hint": "Trata de un pilar y dice por qué importa."},
      {"title": "Claridad", "hint": "Se entiende y se oye sin conocer el tema."},
      {"title": "Útil para difundir", "hint": "Sirve para invitar a otras personas."}]', 25)
on conflict (convocatoria_id) do update set min_s = excluded.min_s, max_s = excluded.max_s, max_bytes = excluded.max_bytes,
  medium = excluded.medium, licence_until = excluded.licence_until, rubric = excluded.rubric, jury_gap = excluded.jury_gap;

insert into app.pillars as p (convocatoria_id, key, position, title, hint)
select '00000000-0000-4000-8000-0000000000c2'::uuid, v.* from (values
  ('participacion', 1, 'Participación', 'Opinar y proponer antes de que se decida. Pilar de muestra.'),
  ('transparencia', 2, 'Transparencia', 'Información pública que se encuentra, se entiende y sirve. Pilar de muestra.'),
  ('rendicion_de_cuentas', 3, 'Rendición de cuentas', 'Explicar qué se hizo, por qué y con qué resultado. Pilar de muestra.'),
  ('colaboracion', 4, 'Colaboración', 'Resolver juntos lo que es de todas las personas. Pilar de muestra.'),
  ('gobernanza', 5, 'Gobernanza', 'Reglas claras para decidir entre autoridades y sociedad. Pilar de muestra.')) v (key, position, title, hint)
on conflict (convocatoria_id, key) do update set position = excluded.position, title = excluded.title,
  hint = excluded.hint;

-- The strategy --------------------------------------------------------------------------------------------

insert into app.topics (id, convocatoria_id, position, title)
select v.id::uuid, '00000000-0000-4000-8000-0000000000c1', v.position, v.title from (values
  ('00000000-0000-4000-8000-0000000000d0', 1, 'Por qué una estrategia'),
  ('00000000-0000-4000-8000-0000000000d1', 2, 'Información que se entiende y se usa'),
  ('00000000-0000-4000-8000-0000000000d2', 3, 'Participación que llega a las decisiones'),
  ('00000000-0000-4000-8000-0000000000d3', 4, 'Aprender y difundir en todo el Estado'),
  ('00000000-0000-4000-8000-0000000000d4', 5, 'Seguimiento y rendición de cuentas')) v (id, position, title)
on conflict (id) do update set title = excluded.title, position = excluded.position;

insert into app.parts (id, convocatoria_id, topic_id, position, kind, number, title, body, answered_by)
select v.id::uuid, '00000000-0000-4000-8000-0000000000c1', v.topic_id::uuid, v.position, v.kind, v.number, v.title, v.body,
  case when v.kind = 'action' then 'Dirección de ejemplo ' || split_part(v.number, '.', 1) end
from (values
  ('00000000-0000-4000-8000-0000000000e1', '00000000-0000-4000-8000-0000000000d0', 1, 'paragraph', 'I', 'Propósito',
   'La estrategia busca que las personas conozcan, usen y exijan el gobierno abierto en su vida diaria. No basta con que la información exista: debe servir para decidir, opinar y resolver problemas comunes.'),
  ('00000000-0000-4000-8000-0000000000e2', '00000000-0000-4000-8000-0000000000d0', 2, 'paragraph', 'II', 'A quién se dirige',
   'Se dirige a toda la población del Estado y, de manera especial, a quienes tienen menos acceso a internet o a trámites en línea. También a las personas servidoras públicas, que necesitan herramientas sencillas para abrir su trabajo.'),
  ('00000000-0000-4000-8000-0000000000e3', '00000000-0000-4000-8000-0000000000d1', 3, 'action', '1.1', 'Publicar en lenguaje claro',
   'Reescribir en lenguaje claro las 20 páginas más consultadas del portal institucional y probarlas con personas usuarias antes de publicarlas.'),
  ('00000000-0000-4000-8000-0000000000e4', '00000000-0000-4000-8000-0000000000d1', 4, 'action', '1.2', 'Datos abiertos a petición',
   'Abrir un buzón para pedir conjuntos de datos y publicar cada mes los tres más solicitados, en formatos que se puedan reutilizar y con una explicación breve.'),
  ('00000000-0000-4000-8000-0000000000e5', '00000000-0000-4000-8000-0000000000d2', 5, 'action', '2.1', 'Mesas de diálogo en los municipios',
   'Organizar cada semestre cinco mesas de diálogo en municipios distintos, con un tema elegido por la población y una minuta pública de acuerdos.'),
  ('00000000-0000-4000-8000-0000000000e6', '00000000-0000-4000-8000-0000000000d2', 6, 'action', '2.2', 'Respuesta a cada propuesta',
   'Responder con razones cada propuesta recibida en una consulta, en un plazo anunciado desde el inicio, y publicar qué cambió gracias a ellas.'),
  ('00000000-0000-4000-8000-0000000000e7', '00000000-0000-4000-8000-0000000000d3', 7, 'action', '3.1', 'Talleres en escuelas y bibliotecas',
   'Ofrecer talleres de dos horas sobre el derecho a saber en escuelas, bibliotecas y casas de cultura, con materiales que también funcionen sin internet.'),
  ('00000000-0000-4000-8000-0000000000e8', '00000000-0000-4000-8000-0000000000d3', 8, 'action', '3.2', 'Cápsulas con voces ciudadanas',
   'Producir una cápsula de audio o video al mes en la que personas de distintos sectores cuenten para qué les sirvió la información pública.'),
  ('00000000-0000-4000-8000-0000000000e9', '00000000-0000-4000-8000-0000000000d3', 9, 'action', '3.3', 'Capacitación a personas servidoras públicas',
   'Capacitar cada año a enlaces de transparencia de los 125 municipios en publicación de información útil y atención a la participación ciudadana.'),
  ('00000000-0000-4000-8000-0000000000ea', '00000000-0000-4000-8000-0000000000d4', 10, 'action', '4.1', 'Tablero público de avances',
   'Publicar un tablero con el avance de cada acción, actualizado cada tres meses, que señale también lo que se retrasó y por qué.'),
  ('00000000-0000-4000-8000-0000000000eb', '00000000-0000-4000-8000-0000000000d4', 11, 'paragraph', 'III', 'Cómo se evaluará',
   'Al cumplirse un año, un grupo con participación de la academia y de la sociedad civil revisará los resultados. Sus recomendaciones y la respuesta del Instituto se publicarán juntas.'))
  v (id, topic_id, position, kind, number, title, body)
on conflict (id) do update set title = excluded.title, body = excluded.body, number = excluded.number;

-- Insumos -------------------------------------------------------------------------------------------------

insert into app.insumos (id, convocatoria_id, position, title, summary, source, body) values
('00000000-0000-4000-8000-0000000000b1', '00000000-0000-4000-8000-0000000000c1', 1, '¿Qué es el gobierno abierto?',
'Las ideas básicas en cinco minutos: transparencia, participación, colaboración y rendición de cuentas.', 'Texto de muestra.',
$t$El gobierno abierto es una forma de gobernar en la que las autoridades comparten la información que tienen, escuchan a las personas antes de decidir, trabajan con ellas y explican lo que hicieron. No es una oficina ni un portal: es una manera de trabajar que puede aplicarse en un ayuntamiento, en un hospital o en una escuela.

Suele explicarse con algunas ideas que se apoyan unas en otras.

Transparencia. La información pública está al alcance de todas las personas, se entiende y sirve. No es lo mismo publicar un archivo de mil páginas que decir con claridad cuánto costó una obra, quién la hizo y cuándo termina.

Participación. Las personas pueden opinar y proponer antes de que las decisiones se tomen, no solo cuando ya están tomadas. Para que valga la pena, quien convoca debe decir desde el inicio qué está a discusión, quién decide y cuándo responderá.

Colaboración. Autoridades, universidades, organizaciones y vecinos resuelven juntos un problema. Cada quien aporta lo que sabe: la experiencia de quien usa un servicio vale tanto como la de quien lo administra.

Rendición de cuentas. Quien toma decisiones explica sus razones y sus resultados, y acepta las consecuencias de lo que hizo o dejó de hacer.

Estas ideas no son nuevas, pero cambian cuando se usan juntas. La información sin participación se queda en un archivo. La participación sin respuesta cansa a la gente. La colaboración sin cuentas claras se presta a abusos.

Un ejemplo sencillo: un municipio publica el calendario de recolección de basura por colonia, abre un espacio para reportar fallas, se reúne con vecinos para ajustar las rutas y cada mes informa cuántos reportes atendió y cuántos no. Nadie tuvo que pedir un favor y todas las personas saben qué esperar.

Promover una cultura de gobierno abierto significa que ejemplos así dejen de ser excepciones. Para eso hace falta que las personas conozcan sus derechos y que las instituciones tengan métodos sencillos para cumplirlos.$t$),
('00000000-0000-4000-8000-0000000000b2', '00000000-0000-4000-8000-0000000000c1', 2, 'La estrategia en breve',
'Qué propone cada eje, qué no propone todavía y dónde hace falta tu opinión.', 'Texto de muestra.',
$t$La estrategia que está a consulta tiene un propósito: que más personas conozcan, usen y exijan el gobierno abierto. Se organiza en cuatro ejes y ocho acciones. Este resumen te ayuda a ubicarlas; el texto completo está en la página de la convocatoria.

El primer eje se llama «Información que se entiende y se usa». Propone reescribir en lenguaje claro las páginas más consultadas y abrir un buzón para pedir datos. La duda principal es si esas son las páginas y los datos que la gente necesita, o solo los que ya se consultan.

El segundo eje, «Participación que llega a las decisiones», propone mesas de diálogo en municipios y una regla: responder con razones cada propuesta que se reciba en una consulta. Conviene saber si cinco mesas por semestre son suficientes para 125 municipios y cómo deberían elegirse.

El tercer eje, «Aprender y difundir en todo el Estado», incluye talleres en escuelas y bibliotecas, cápsulas con voces ciudadanas y capacitación a personas servidoras públicas. Aquí interesa saber qué formatos funcionan donde hay poca señal de internet y qué lenguas o apoyos harían falta.

El cuarto eje, «Seguimiento y rendición de cuentas», propone un tablero público que se actualiza cada tres meses y una revisión externa al cumplirse un año. La pregunta es si eso permite darse cuenta a tiempo de que algo no está funcionando.

Hay cosas que la estrategia todavía no dice. No señala cuánto costará cada acción, ni qué pasará con las que no se cumplan, ni cómo se atenderá a las personas con discapacidad en las mesas y los talleres. Si crees que alguno de esos huecos es importante, puedes escribirlo en «Lo que falta».

No hace falta opinar sobre todo. Una propuesta sobre una sola acción, con una experiencia concreta, ayuda más que un comentario general. Puedes enviar varias propuestas: cada una tendrá su folio y su respuesta.$t$),
('00000000-0000-4000-8000-0000000000b3', '00000000-0000-4000-8000-0000000000c1', 3, 'De dónde viene esta consulta',
'El antecedente: qué se acordó en 2021, por qué se pide acompañamiento ciudadano y qué calendario se siguió.',
'Acta de la Tercera Sesión Ordinaria de la Comisión de Gobierno Abierto y Transparencia Proactiva, 28 de octubre de 2021, punto VII.',
$t$Esta demostración toma su propósito y su calendario de un antecedente público: el acta de una sesión de la Comisión de Gobierno Abierto y Transparencia Proactiva celebrada el 28 de octubre de 2021.

En el punto séptimo de esa sesión se presentaron los avances de un compromiso proactivo llamado «Estrategia para la promoción de la Cultura de Gobierno Abierto». Se propuso lanzar una convocatoria abierta para recibir los aportes de la ciudadanía sobre la ruta planteada, con dos fines: que hubiera una mayor vinculación e incentivos de participación, y que ese ejercicio sirviera como plataforma para relanzar el compromiso.

El acta recoge una razón que vale la pena recordar. Tanto en el Secretariado Técnico Local como en el Sistema Nacional de Transparencia se había insistido en la necesidad del acompañamiento ciudadano en todas las etapas de los compromisos proactivos. Por eso se consideró conveniente sumar a otros actores que aportaran miradas distintas sobre una pregunta concreta: si las acciones propuestas realmente se encaminan, o no, a promover el gobierno abierto en la entidad.

El calendario sugerido fue breve. El miércoles 3 de noviembre se publicarían los insumos. Del 4 al 12 se recibirían propuestas. Después se recopilarían, sistematizarían y analizarían. El 17 de noviembre habría una mesa de resultados con las personas participantes y con los sectores interesados. El 26 de noviembre se presentaría una versión renovada de la estrategia en la sesión del Secretariado Técnico Local. El compromiso arrancaría en enero de 2022.

Esta consulta de muestra conserva esas distancias entre fechas y las mueve a las semanas actuales. También conserva los días de la semana: abre un jueves y cierra el viernes de la semana siguiente.

Hay dos diferencias que conviene decir. Las acciones y los párrafos de la estrategia que lees aquí son de muestra, porque el acta no los reproduce. Y el Instituto de ejemplo no existe: nada de lo que envíes en esta demostración llega a una autoridad.$t$),
('00000000-0000-4000-8000-0000000000b4', '00000000-0000-4000-8000-0000000000c1', 4, 'Cómo escribir una propuesta útil',
'Consejos cortos, con ejemplos, y qué hacemos con lo que envías.', 'Texto de muestra.',
$t$No necesitas ser especialista ni usar palabras técnicas. Lo que más sirve es lo que sabes por experiencia: qué intentaste, qué pasó y qué cambiarías.

Elige una sola idea. Si tienes tres, envía tres propuestas. Así cada una recibe su folio y su respuesta, y es más fácil que llegue a la persona indicada.

Di de qué parte hablas. Puedes elegir una acción numerada, un párrafo o «Lo que falta». Si eliges una acción, te preguntaremos si ayuda a promover el gobierno abierto: sí, en parte o no.

Explica por qué. «Los talleres deberían ser en sábado» es una buena idea; «los talleres deberían ser en sábado, porque entre semana quienes trabajamos no podemos ir» es mejor, porque permite encontrar otras soluciones.

Propón algo que se pueda hacer y comprobar. Por ejemplo: «que las minutas de las mesas se peguen también en la entrada de la presidencia municipal, a más tardar una semana después». Quien lo lea sabrá si se cumplió.

Cuida los datos de otras personas. No escribas nombres, teléfonos ni domicilios de nadie. Si quieres señalar un caso, cuéntalo sin identificar a quien lo vivió.

Escribe con libertad y con respeto. Se puede estar en desacuerdo con todo lo que dice la estrategia. Lo que no se publica son los mensajes que discriminan, la propaganda de partidos o de productos, y los textos que no tratan del tema.

¿Qué pasa después? Tu propuesta recibe un folio en cuanto nos llega. Una persona la lee y puede aceptarla, pedirte una aclaración o decirte con razones por qué no se publicará. Si autorizas publicarla, aparecerá en la página de la convocatoria, con tu nombre o de forma anónima, como tú elijas.

Si no tienes señal, puedes escribir y guardar. La propuesta se queda en tu teléfono y se envía cuando vuelvas a abrir la aplicación con conexión.$t$),
('00000000-0000-4000-8000-0000000000b5', '00000000-0000-4000-8000-0000000000c4', 1, 'Lo que dice el acta',
'Extracto del punto séptimo de la sesión del 28 de octubre de 2021.',
'Acta de la Tercera Sesión Ordinaria de la Comisión de Gobierno Abierto y Transparencia Proactiva del Infoem, 28 de octubre de 2021, punto VII.',
$t$«…con el objetivo de generar en la opinión pública una discusión que venga a nutrir el Compromiso Proactivo asumido por el Instituto denominado “Estrategia para la promoción de la Cultura de Gobierno Abierto”, se propone el lanzamiento de una convocatoria abierta para recibir de parte de la ciudadanía sus aportes respecto de la ruta que se ha propuesto. Ello, con el fin de que se obtenga una mayor vinculación e incentivos de participación ciudadana para su implementación, que a su vez sirva como plataforma para el relanzamiento del Compromiso.»

«De manera especial con el compromiso del Infoem, es conveniente sumar a otros actores que vengan a dar luces diferentes que abran el panorama respecto de si las acciones propuestas realmente se encaminan, o no, a la consecución de una promoción decidida de la agenda de Gobierno Abierto en la entidad.»

«En ese sentido, se sugiere que esta convocatoria se abra en el mes de noviembre, puntualmente iniciando el miércoles 3 con la publicación de insumos, con un compás para recibir propuestas del 4 al 12 de ese mes para darle un mayor enfoque ciudadano y participativo. Una vez que se hayan recopilado, sistematizado y analizado las propuestas, se sugiere la organización de una mesa de resultados para el 17 de noviembre, en la cual se estarían socializando los aportes recabados tanto con los participantes de este ejercicio como con aquellos sectores sociales interesados o con vínculos con la agenda de apertura gubernamental.»

«Con lo anterior, se estaría en posibilidades de presentar en la siguiente sesión del Secretariado Técnico Local, programada para el 26 de noviembre, una versión renovada de la Estrategia de Implementación del compromiso, el cual arrancaría en el mes de enero de 2022.»$t$)
on conflict (id) do update set title = excluded.title, summary = excluded.summary, body = excluded.body,
  source = excluded.source, position = excluded.position;

-- Staff of the demonstration --------------------------------------------------------------------------------
-- They sign in with the passwords that `npm start` prints.

create temporary table demo_staff as
select v.id::uuid, v.email, v.password, v.name, v.role, v.jornada_id::uuid from (values
  ('00000000-0000-4000-8000-000000000051', 'moderadora@demo.example', 'moderadora-demo', 'Moderadora de ejemplo', 'moderator', null),
  ('00000000-0000-4000-8000-000000000052', 'coordinacion@demo.example', 'coordinacion-demo', 'Coordinación de ejemplo', 'coordinator', null),
  ('00000000-0000-4000-8000-000000000053', 'auditoria@demo.example', 'auditoria-demo', 'Auditoría de ejemplo', 'auditor', null),
  ('00000000-0000-4000-8000-000000000054', 'administracion@demo.example', 'administracion-demo', 'Administración de ejemplo', 'admin', null),
  ('00000000-0000-4000-8000-000000000055', 'puerta@demo.example', 'puerta-demo', 'Puerta de ejemplo', 'door',
    '00000000-0000-4000-8000-0000000b3101'))
  v (id, email, password, name, role, jornada_id);

insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data,
  raw_user_meta_data, created_at, updated_at, confirmation_token, recovery_token, email_change, email_change_token_new)
select '00000000-0000-0000-0000-000000000000', d.id, 'authenticated', 'authenticated', d.email,
  extensions.crypt(d.password, extensions.gen_salt('bf', 10)), now(), '{"provider": "email", "providers": ["email"]}',
  '{}', now(), now(), '', '', '', ''
from demo_staff d
on conflict (id) do nothing;

insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
select d.id::text, d.id, jsonb_build_object('sub', d.id::text, 'email', d.email, 'email_verified', true), 'email',
  now(), now(), now()
from demo_staff d
on conflict (provider_id, provider) do nothing;

insert into app.staff (user_id, role, name, convocatoria_id, jornada_id)
select d.id, d.role, d.name, j.convocatoria_id, j.id from demo_staff d left join app.jornadas j on j.id = d.jornada_id
on conflict (user_id, role, convocatoria_id, jornada_id) do nothing;

drop table demo_calendar, seeded, seeded_jornadas, demo_staff;
