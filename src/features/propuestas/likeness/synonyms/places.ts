/** What a proposal is about: languages, disability, services, schools, health, transport, environment, safety. */
export const PLACES = `
# lenguas
lengua indigena originaria originario idioma mazahua otomi nahuatl matlatzinca tlahuica materna dialecto hablante autoctono nativo etnia lenguas indigenas idiomas pueblos originarios dialectos hablantes nativos
traducir traduccion traductor interprete interpretacion version bilingue traducciones traductores interpretes traducido
pueblos usos costumbres tradicion tradicional asamblea mayordomo
espanol castellano
radio radiodifusora estacion comunitaria bocina programa
glosario diccionario terminos vocabulario palabras
promotor hablante joven enseñar
oral hablar audio escuchar grabacion voz
# discapacidad
discapacidad discapacitado capacidades silla ruedas inclusion inclusivo accesibilidad accesible motriz discapacidades accesibles minusvalido inclusivos
ciego ciega visual invidente lector pantalla vemos braille relieve debil ciegos invidentes debilidad vista braile
sordo sorda senas auditiva oye interprete lsm subtitulos subtitulo sordos sordomudo lenguaje hipoacusia
intelectual autismo down sindrome pictograma facil
rampa escalon escalones escalera elevador banqueta cruce acceso entrada caminar rampas escaleras barandal pasamanos elevadores banquetas
bano sanitario adaptado
letra tipografia grande lupa aumentada letras grandes lentes contraste
tarjeton estacionamiento cajon azul
certificado medico doctor
computadora teclear escribir dictar capturar operador
# obras
obra construccion infraestructura pavimentar proyecto
bache hoyo pavimento asfalto calle bacheo carpeta socavon encarpetado agujero baches hoyos calles pavimentacion pavimentado terraceria repavimentar empedrado adoquin zanjas crater topes
alumbrado luminaria lampara foco luz poste farola oscuro luminarias faroles lamparas postes iluminacion iluminar alumbrar penumbra oscuras apagadas fundidas fundido
banqueta guarnicion camellon acera banquetas camellones aceras andador andadores
drenaje alcantarilla alcantarillado coladera desague tuberia drenajes desagues colector canaleta aguas negras tuberias cano
puente paso peatonal elevado puentes pasos peatonales desnivel
parque jardin cancha deportivo juegos unidad deportiva parques jardines areas canchas columpios
expediente plano documentacion proyecto tecnico planos proyectos tecnicos ficha
contratista constructora constructor empresa compania contratistas constructoras subcontratar
avance fisico financiero porcentaje
garantia vicios calidad materiales deficiente chafa mal hecha
estructural dictamen sismo temblor grieta edificio edificios grietas cuarteadura cuarteado derrumbe
vialidad avenida carretera cierre calle bloqueada alterna ruta avenidas carreteras vialidades cierres desvio desviaciones trafico congestion
mercado tianguis locatario comerciante plaza puesto comerciantes puestos ambulantes tenderos marchante bodegon
panteon cementerio
# agua
agua hidrico hidraulico liquido potable suministro vital aguas potabilizadora hidraulica
opdapas organismo operador caem servicio
tandeo calendario horario suministro caer llega tandeos tandas valvula reparto cortes
pozo manantial acuifero manto fuente subterranea extraccion concesion pozos manantiales acuiferos sobreexplotacion
pipa cisterna camion tanque pipas cisternas tinacos garza
fuga tubo roto tirar tira desperdicio fugas tuberia goteo tiradero derrame
drenaje inundacion inunda inundar lluvia aguacero encharcamiento desbordar
calidad analisis laboratorio potable beber contaminada amarilla sucia cloro clorar turbia olor sabor
recibo adeudo moroso tarifa bimestre deber recibos adeudos boleta tarifas medidor
comite independiente autonomo comunitario
fraccionamiento condominio inmobiliaria desarrollo unidad
# seguridad
seguridad policia policiaco patrulla oficial uniformado elemento comandante mando guardia policias patrullas uniformados agentes gendarme elementos vigilantes vigilancia patrullaje rondines guardias
delito robo asalto crimen delincuencia inseguridad ladron asaltar violencia delitos robos asaltos crimenes inseguro atraco incidencia delictivo delictiva
camara videovigilancia c5 vigilancia aparatos camaras videocamaras monitoreo arcos
victima carpeta investigacion fiscalia ministerio caso denuncia expediente
boton panico alarma auxilio emergencia 911 botones alarmas silbato
desaparecido desaparecida desaparicion busqueda buscar buscamos desaparecidos busquedas extraviada
extorsion extorsionar abuso detener
feminicidio violencia genero mujeres acoso agresion
prevencion prevenir evitar
protocolo plan estrategia
reclutamiento ingreso
salida alumnos plantel escuela vigilancia
protesta manifestacion
# talleres
taller curso capacitacion capacitar clase ensenanza formacion leccion platica conferencia diplomado ensenar aprender entrenar adiestrar asesoria preparar talleres cursos capacitaciones seminario platicas clases diplomados entrenamientos ensenanzas adiestramiento instruccion
maestro instructor docente profesor facilitador tallerista ponente maestros instructores docentes profesores tutores ponentes
constancia diploma certificado reconocimiento credito curricular valor constancias diplomas certificados acreditacion
practica ejercicio practico hacer simulacro
linea video distancia virtual digital descargar
promotor voluntario multiplicador replicar enseñen lider
cuidado infantil guarderia ludoteca niños mamas
periodista reportero prensa medios comunicador nota periodistas reporteros periodismo comunicadores
tarde sabado domingo entre fin horario
mercado tianguis plaza puesto
celular telefono mayores viejitos tercera
universidad carrera materia creditos licenciatura
# escuelas
escuela plantel aula salon primaria secundaria kinder preescolar educativo colegio escuelas planteles colegios aulas salones primarias secundarias educativos
alumno estudiante escolar estudiantes grupo alumnos escolares alumnado estudiantil estudiantado companeros
maestro profesor docente
libro texto civismo civica formacion asignatura materia materias asignaturas libros curricula
prepa preparatoria bachillerato universitario
cuota aportacion voluntaria cooperacion inscripcion padres cuotas cooperaciones aportaciones
desayuno comida alimento racion menu plato cocina desayunos comidas comedores refrigerio lonche
concurso cuento dibujo pintar escribir
visita excursion guiada recorrido conocer
guia manual planeacion sesiones material
plaza asignacion lugar cupo puesto inscripcion
consejo infantil grupo niños
baño techo barda sanitario
cabildo simulacro regidores congreso diputado legislatura
acoso bullying
# internet
internet wifi red conexion conectividad senal cobertura datos megas saldo conexiones banda ancha fibra
papel impreso buzon formulario formato fisico hoja impresos formularios buzones formatos hojas
redes sociales facebook twitter comentario bloquear cuenta tiktok red social tuiter instagram publicaciones
perifoneo bocina altavoz carro sonido bocinas altavoces megafono perifoneos
radio television tele canal programa emision televisoras radiodifusoras canales programas
telefonica linea 800 numero gratuita llamada
ligero pesado carga rapido viejo megas pesa baratos
offline conexion guardar guardado propuesta conserva
chat whatsapp sms mensajes texto grupo
biblioteca casa cultura publico punto
computadora equipo modulo oficina regional
# salud
salud hospital clinica medico doctor enfermo paciente centro nosocomio consultorio imss issemym isem hospitales clinicas medicos doctores enfermos pacientes sanatorio dispensario sanitario
medicina medicamento farmacia insulina existencia inventario surtir desabasto
urgencias cirugia operar operacion espera quirofano
ambulancia emergencia traslado paramedico ambulancias paramedicos traslados urgencia
vacuna dosis inmunizacion vacunas vacunacion inmunizar
dengue mosquito fumigar fumigacion rociar brote plaga mosquitos plagas fumigaciones moscos chinches ratas
mental psicologo psicologia deprimido depresion suicidio ansiedad emocional psicologos psicologicas terapia terapias terapeuta suicidios
expediente historial clinico datos
parto obstetrica parturienta embarazada embarazo
aval representante vigila
cancer diabetes enfermedad padecimiento
# transporte
transporte camion combi autobus microbus ruta pasaje colectivo taxi unidad camiones combis autobuses microbuses rutas pasajes transportes transportista vagoneta micro peseros urvan
mototaxi bicitaxi
chofer conductor operador choferes conductores operadores cafre
placa matricula
tarifa pasaje precio cobro tarifas pasajes
concesion concesionario permiso ruta dueno concesiones concesionarios permisionario
parada paradero estacion paradas paraderos estaciones terminal base
multa transito infraccion grua corralon agente infraccionar infracciones multas gruas corralones agentes
accidente choque atropellar cruce vial
bicicleta ciclovia bici ciclista pedalear carril bicicletas ciclovias ciclistas bicis
peaton peatonal
verificacion vehicular verificentro auto coche carro
teleferico mexicable tren mexibus suburbano
usuario pasajero viajar
caseta peaje autopista
# ambiente
basura desecho residuo recoleccion camion tiradero relleno sanitario desperdicio desechos residuos basureros camiones recolectores tiraderos desperdicios bolsas contenedores
reciclar reciclaje separar plastico carton composta reciclado reciclables reutilizacion plasticos separacion
aire contaminacion contaminado humo emision calidad contaminantes emisiones humos smog polvo particulas
arbol arboles arbolado arboleda bosque monte talar tala reforestar derribar forestal arboladas bosques talas taladores reforestacion deforestacion talamontes viveros
uso suelo fraccionar construir fraccionamiento cambio
rio arroyo laguna presa canal rios arroyos lagunas presas canales lago cuenca
perro gato mascota animal esterilizacion esterilizar rescate
inundacion deslave barranca riesgo evacuacion proteccion civil cerro lluvia
parque jardin verde area
multa fabrica empresa sancion
ruido sonido
clima climatico calor
# campo
campo campesino agricultura agricultor cosecha siembra ejido ejidatario ganado fertilizante maiz agropecuario jornaleros labriego huerto huerta invernadero temporal semillas ranchero cosechas cultivos
artesano artesania artesanal artesanos alfareria ceramica bordado textil rebozo
turismo turista magico turistico hospedaje hoteles visitantes
cultura cultural museo teatro culturales exposicion orquesta coro banda pintor actor danzante
deporte deportivo cancha liga deportes basquetbol basquet voleibol beisbol boxeo atletismo entrenadores canchas gimnasios
`
