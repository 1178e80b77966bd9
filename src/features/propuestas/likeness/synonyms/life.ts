/** Everyday life: housing, work, countryside, culture, sport, markets, emergencies, justice, programmes. Form: see `../concepts.ts`. */
export const LIFE = `
# vivienda
vivienda casa hogar departamento habitacional interes lote terreno predio inmueble habitacion viviendas infonavit cuarto inmuebles lotes terrenos
escritura escrituras regularizar regularizado regularizacion papeles regla titulo propiedad notario catastro entregado municipalizado escrituracion notarial notarios tenencia posesion
credito hipoteca infonavit fovissste imevis financiamiento prestamo mensualidad financiar
fraccionamiento desarrollo unidad condominio residencial conjunto inmobiliaria constructora
lista espera fila turno lugar orden
asentamiento irregular invasion paracaidista predios invadir invasores
renta rentar alquilar inquilino arrendador
# mayores
mayores anciano ancianos abuelo abuelos abuela viejo viejito vejez tercera edad pensionado jubilado grande adultos ancianas senectud abuelitos
pension deposito cobra cobrar tarjeta bienestar apoyo pago pensiones jubilacion
asilo estancia club residencia
# mujeres
mujer mujeres senora muchacha femenina sexo genero igualdad equidad paridad brecha feminista
refugio albergue casa orden proteccion agresor casas resguardo hospedaje
golpear golpe maltratar maltrato pegar agredir violencia violento abuso familiar esposo pareja marido golpes agresor violentada agredida maltratada
acoso hostigamiento tocar morbo
embarazo embarazada maternidad lactancia parto bebe
cuidado cuidar cuidadora guarderia estancia cuidadores guarderias estancias cuidados
lgbt diversidad gay trans homofobia
discriminacion discriminar excluir rechazar racismo exclusion prejuicio desprecio
# campo
campo campesino agricola agricultor productor parcela siembra cosecha milpa maiz cultivo rural
fertilizante abono semilla insumo bulto costal fertilizantes agroquimico insumos tractor maquinaria
ejido ejidal ejidatario comisariado comunal asamblea
ganado ganadero vaca borrego pecuario vacas res puerco cerdo gallina pollo cabra chivo veterinario
riego temporal sequia canal presa regadio bordo jagueyes
artesano artesania artesanal manualidad tejido barro
# cultura
cultura cultural arte artista artistico musica musico teatro danza baile pintura museo taller
concierto evento funcion espectaculo festival feria actividad presentacion eventos conciertos exhibicion
agenda calendario cartelera programa programacion
biblioteca libro lectura acervo
patrimonio historia historico monumento iglesia zona arqueologica cronista memoria restauracion piramide ruinas monumentos templo capilla tradicion
concurso convocatoria bases jurado seleccion competencia
turismo turista visitante pueblo magico hotel
# deporte
deporte deportivo deportista atleta entrenador entrenamiento futbol cancha liga torneo gimnasio alberca jugar
estimulo beca apoyo medalla
arbitraje entrada inscripcion cuota
# emergencia
proteccion civil emergencia desastre contingencia siniestro incendio bombero rescate desastres emergencias bomberos rescatistas contingencias siniestros
albergue refugio temporal resguardo
simulacro evacuacion evacuar ejercicio practica practicar
inundacion inundar inundo lluvia tormenta aguacero encharcar desbordar crecida inundaciones lluvias anegar anegado charco charcos crecidas tromba granizo
sismo temblor terremoto
alerta alarma sirena altavoz
deslave barranca derrumbe ladera cerro
gas fuga explosion pirotecnia cohete polvorin
# mercado
mercado tianguis plaza comercio comerciante locatario puesto ambulante vendedor vender negocio tienda
derecho piso cuota lider cobro
emprendedor emprender emprendimiento microempresa changarro pyme emprendedores microcredito autoempleo negocios
empleo desempleo bolsa trabajo vacante chamba contratar vacantes desempleado jornada curriculum
credito prestamo financiamiento capital
precio caro barato inflacion canasta
# migrantes
migrante migracion paisano emigrar extranjero unidos deportado repatriado retorno regreso frontera norte fuimos migrantes emigrante paisanos deportados inmigrante inmigracion eua remesas
consulado pasaporte visa remesa
# participacion
copaci consejo delegado auxiliar autoridad subdelegado comisariado delegados subdelegados consejos
eleccion elegir voto secreto urna casilla boleta votar candidato
observador vigilancia testigo escrutinio
plebiscito referendum iniciativa popular firmas revocacion mandato consulta
foro conversatorio mesa dialogo reunion encuentro
viaticos transporte pasaje camion ayuda traslado pasajes traslados
asociacion organizacion colectivo ong fundacion
voluntario voluntariado ayudar servicio voluntarios altruista tequio faena social
partido politico electoral campana candidato proselitismo
democracia democratico
confianza credibilidad desconfianza
# servicios
servicio servicios publico municipal
luz alumbrado energia cfe electricidad apagon corriente electrico electrica focos luminarias iluminacion iluminar alumbrar apagones transformador cables
coladera alcantarilla registro tapa rejilla coladeras alcantarillas registros tapas
reporte reportar falla descompuesto atencion solicitud reportes fallas descomposturas ticket
tiempo respuesta tarda demora rapidez
emergencia llamada 911 operadora
rastro perrera jardineria poda limpia barrer barrido
panteon cementerio fosa tumba entierro sepultura difunto murio tumbas sepulturas criptas funerario funeral
bano sanitario publico
mascota perro gato callejero sacrificio vacunar perros gatos mascotas callejeros esterilizar vacunacion caninos felinos jauria
# justicia
justicia juez jueces juzgado tribunal sentencia fallo resolucion ministerio fiscalia judicial juzgados tribunales sentencias magistrado fiscal magistrados
abogado defensor defensoria gratuito oficio abogados defensores litigar juridica litigio
expediente carpeta caso proceso juicio asunto demanda expedientes carpetas casos juicios legajo
detenido preso carcel penal reclusorio encerrar libre soltar presos carceles internos reos custodio detencion arresto
derechos humanos codhem comision violacion
mediacion conciliar acuerdo conflicto
robo asalto ladron delito crimen delincuente ratero robos asaltos atracos atraco ladrones rateros delitos hurto delincuencia hampa
extorsion amenaza cobro piso secuestro extorsiones secuestros cobros
droga adiccion alcohol narcomenudeo anexo drogas adicciones alcoholismo drogadiccion anexos vicio borracho
trata persona victima
# programas
beca becas becario estimulo apoyo ayuda subsidio programa social tarjeta despensa transferencia becarios apoyos estimulos programas subsidios tarjetas despensas ayudas
padron beneficiario beneficiado lista recibieron recibio dieron tocar entregar reparto padrones beneficiarios listas favorecidos destinatarios
seleccionado rechazado puntaje calificacion aciertos resultado criterio requisito
pobreza pobre necesitado vulnerable marginado hambre vulnerables carencias marginacion necesidad necesitados
lider gestor condicion condicionar electoral voto lideres condicionados clientelismo clientelar acarreo
comedor alimento canasta leche comida
uniforme utiles mochila tenis zapatos mochilas calzado
# archivo
archivo archivos expediente acervo documento antiguo historico viejo libro archivero expedientes acervos documental
digitalizar digitalizacion escanear escaneo foto copia escaneos digitalizado digital escaner
reservar reservado reserva clasificar clasificado secreto confidencial ocultar negar negaron reservas reservada clasificacion confidenciales secretos secrecia opaco opacidad
version publica testar tachar
inexistencia inexistente perdido extraviado
# derecho
frecuentes repetidas repetido mismo iguales preguntas
plazo vencido dias habiles tarde tardan plazos vencimiento prorroga tardanza
recurso revision queja inconformarse
multa sancion castigo apercibimiento responsable
proactiva proactivo oficio anticipada
publicidad obligaciones plataforma nacional ipomex portal
datos personales arco privacidad aviso
usuario contrasena cuenta registro registrarse
reutilizar aprovechar utilidad
parlamento abierto legislatura diputado ley iniciativa congreso dictamen diputados leyes legislar legislativo congresista senador reglamento reforma
poder judicial
sindicato partido fideicomiso
# tecnologia
inteligencia artificial robot chat bot asistente robots chatbot automatizado
algoritmo automatico sistema
ciberseguridad hackeo seguridad informatica hackers phishing virus
firma electronica digital
software libre codigo
curso virtual plataforma linea
video transmision streaming youtube
podcast capsula audio radio
`
