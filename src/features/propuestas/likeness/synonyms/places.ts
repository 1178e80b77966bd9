/** What a proposal is about: languages, disability, services, schools, health, transport, environment, safety. */
export const PLACES = `
# lenguas
lengua indigena originaria originario idioma mazahua otomi nahuatl matlatzinca tlahuica materna dialecto hablante autoctono nativo etnia
traducir traduccion traductor interprete interpretacion version bilingue
pueblos usos costumbres tradicion tradicional asamblea mayordomo
espanol castellano
radio radiodifusora estacion comunitaria bocina programa
glosario diccionario terminos vocabulario palabras
promotor hablante joven enseñar
oral hablar audio escuchar grabacion voz
# discapacidad
discapacidad discapacitado capacidades silla ruedas inclusion inclusivo accesibilidad accesible motriz
ciego ciega visual invidente lector pantalla vemos braille relieve debil
sordo sorda senas auditiva oye interprete lsm subtitulos subtitulo
intelectual autismo down sindrome pictograma facil
rampa escalon escalones escalera elevador banqueta cruce acceso entrada caminar
bano sanitario adaptado
letra tipografia grande lupa aumentada
tarjeton estacionamiento cajon azul
certificado medico doctor
computadora teclear escribir dictar capturar operador
# obras
obra construccion infraestructura pavimentar proyecto
bache hoyo pavimento asfalto calle bacheo carpeta socavon encarpetado agujero
alumbrado luminaria lampara foco luz poste farola oscuro
banqueta guarnicion camellon acera
drenaje alcantarilla alcantarillado coladera desague tuberia
puente paso peatonal elevado
parque jardin cancha deportivo juegos unidad deportiva
expediente plano documentacion proyecto tecnico
contratista constructora constructor empresa compania
avance fisico financiero porcentaje
garantia vicios calidad materiales
estructural dictamen sismo temblor grieta edificio
vialidad avenida carretera cierre calle bloqueada alterna ruta
mercado tianguis locatario comerciante plaza puesto
panteon cementerio
# agua
agua hidrico hidraulico liquido potable suministro vital
opdapas organismo operador caem servicio
tandeo calendario horario suministro caer llega
pozo manantial acuifero manto fuente subterranea extraccion concesion
pipa cisterna camion tanque
fuga tubo roto tirar tira desperdicio
drenaje inundacion inunda inundar lluvia aguacero encharcamiento desbordar
calidad analisis laboratorio potable beber contaminada amarilla sucia
recibo adeudo moroso tarifa bimestre deber
comite independiente autonomo comunitario
fraccionamiento condominio inmobiliaria desarrollo unidad
# seguridad
seguridad policia policiaco patrulla oficial uniformado elemento comandante mando guardia
delito robo asalto crimen delincuencia inseguridad ladron asaltar violencia
camara videovigilancia c5 vigilancia aparatos
victima carpeta investigacion fiscalia ministerio caso denuncia expediente
boton panico alarma auxilio emergencia 911
desaparecido desaparecida desaparicion busqueda buscar buscamos
extorsion extorsionar abuso detener
feminicidio violencia genero mujeres acoso agresion
prevencion prevenir evitar
protocolo plan estrategia
reclutamiento ingreso
salida alumnos plantel escuela vigilancia
protesta manifestacion
# talleres
taller curso capacitacion capacitar clase ensenanza formacion leccion platica conferencia diplomado ensenar aprender entrenar adiestrar asesoria preparar
maestro instructor docente profesor facilitador tallerista ponente
constancia diploma certificado reconocimiento credito curricular valor
practica ejercicio practico hacer simulacro
linea video distancia virtual digital descargar
promotor voluntario multiplicador replicar enseñen lider
cuidado infantil guarderia ludoteca niños mamas
periodista reportero prensa medios comunicador nota
tarde sabado domingo entre fin horario
mercado tianguis plaza puesto
celular telefono mayores viejitos tercera
universidad carrera materia creditos licenciatura
# escuelas
escuela plantel aula salon primaria secundaria kinder preescolar educativo colegio
alumno estudiante escolar estudiantes grupo
maestro profesor docente
libro texto civismo civica formacion asignatura materia
prepa preparatoria bachillerato universitario
cuota aportacion voluntaria cooperacion inscripcion padres
desayuno comida alimento racion menu plato cocina
concurso cuento dibujo pintar escribir
visita excursion guiada recorrido conocer
guia manual planeacion sesiones material
plaza asignacion lugar cupo puesto inscripcion
consejo infantil grupo niños
baño techo barda sanitario
cabildo simulacro regidores congreso diputado legislatura
acoso bullying
# internet
internet wifi red conexion conectividad senal cobertura datos megas saldo
papel impreso buzon formulario formato fisico hoja
redes sociales facebook twitter comentario bloquear cuenta tiktok
perifoneo bocina altavoz carro sonido
radio television tele canal programa emision
telefonica linea 800 numero gratuita llamada
ligero pesado carga rapido viejo megas pesa baratos
offline conexion guardar guardado propuesta conserva
chat whatsapp sms mensajes texto grupo
biblioteca casa cultura publico punto
computadora equipo modulo oficina regional
# salud
salud hospital clinica medico doctor enfermo paciente centro nosocomio consultorio imss issemym isem
medicina medicamento farmacia insulina existencia inventario surtir desabasto
urgencias cirugia operar operacion espera quirofano
ambulancia emergencia traslado paramedico
vacuna dosis inmunizacion
dengue mosquito fumigar fumigacion rociar brote plaga
mental psicologo psicologia deprimido depresion suicidio ansiedad emocional
expediente historial clinico datos
parto obstetrica parturienta embarazada embarazo
aval representante vigila
cancer diabetes enfermedad padecimiento
# transporte
transporte camion combi autobus microbus ruta pasaje colectivo taxi unidad
mototaxi bicitaxi
chofer conductor operador
placa matricula
tarifa pasaje precio cobro
concesion concesionario permiso ruta dueno
parada paradero estacion
multa transito infraccion grua corralon agente infraccionar
accidente choque atropellar cruce vial
bicicleta ciclovia bici ciclista pedalear carril
peaton peatonal
verificacion vehicular verificentro auto coche carro
teleferico mexicable tren mexibus suburbano
usuario pasajero viajar
caseta peaje autopista
# ambiente
basura desecho residuo recoleccion camion tiradero relleno sanitario desperdicio
reciclar reciclaje separar plastico carton composta
aire contaminacion contaminado humo emision calidad
arbol arboles arbolado arboleda bosque monte talar tala reforestar derribar forestal
uso suelo fraccionar construir fraccionamiento cambio
rio arroyo laguna presa canal
perro gato mascota animal esterilizacion esterilizar rescate
inundacion deslave barranca riesgo evacuacion proteccion civil cerro lluvia
parque jardin verde area
multa fabrica empresa sancion
ruido sonido
clima climatico calor
# campo
campo campesino agricultura agricultor cosecha siembra ejido ejidatario ganado fertilizante maiz
artesano artesania artesanal
turismo turista magico
cultura cultural museo teatro
deporte deportivo cancha liga
`
