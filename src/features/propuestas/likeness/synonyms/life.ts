/** Everyday life: housing, work, countryside, culture, sport, markets, emergencies, justice, programmes. Form: see `../concepts.ts`. */
export const LIFE = `
# vivienda
vivienda casa hogar departamento habitacional interes lote terreno predio inmueble habitacion
escritura escrituras regularizar regularizado regularizacion papeles regla titulo propiedad notario catastro entregado municipalizado
credito hipoteca infonavit fovissste imevis financiamiento prestamo
fraccionamiento desarrollo unidad condominio residencial conjunto inmobiliaria constructora
lista espera fila turno lugar orden
asentamiento irregular invasion paracaidista
renta rentar alquilar inquilino arrendador
# mayores
mayores anciano ancianos abuelo abuelos abuela viejo viejito vejez tercera edad pensionado jubilado grande
pension deposito cobra cobrar tarjeta bienestar apoyo pago
asilo estancia club residencia
# mujeres
mujer mujeres senora muchacha femenina sexo genero igualdad equidad paridad brecha feminista
refugio albergue casa orden proteccion agresor
golpear golpe maltratar maltrato pegar agredir violencia violento abuso familiar esposo pareja marido
acoso hostigamiento tocar morbo
embarazo embarazada maternidad lactancia parto bebe
cuidado cuidar cuidadora guarderia estancia
lgbt diversidad gay trans homofobia
discriminacion discriminar excluir rechazar
# campo
campo campesino agricola agricultor productor parcela siembra cosecha milpa maiz cultivo rural
fertilizante abono semilla insumo bulto costal
ejido ejidal ejidatario comisariado comunal asamblea
ganado ganadero vaca borrego pecuario
riego temporal sequia canal presa
artesano artesania artesanal manualidad tejido barro
# cultura
cultura cultural arte artista artistico musica musico teatro danza baile pintura museo taller
concierto evento funcion espectaculo festival feria actividad presentacion
agenda calendario cartelera programa programacion
biblioteca libro lectura acervo
patrimonio historia historico monumento iglesia zona arqueologica cronista memoria
concurso convocatoria bases jurado seleccion competencia
turismo turista visitante pueblo magico hotel
# deporte
deporte deportivo deportista atleta entrenador entrenamiento futbol cancha liga torneo gimnasio alberca jugar
estimulo beca apoyo medalla
arbitraje entrada inscripcion cuota
# emergencia
proteccion civil emergencia desastre contingencia siniestro incendio bombero rescate
albergue refugio temporal resguardo
simulacro evacuacion evacuar ejercicio practica practicar
inundacion inundar inundo lluvia tormenta aguacero encharcar desbordar crecida
sismo temblor terremoto
alerta alarma sirena altavoz
deslave barranca derrumbe ladera cerro
gas fuga explosion pirotecnia cohete polvorin
# mercado
mercado tianguis plaza comercio comerciante locatario puesto ambulante vendedor vender negocio tienda
derecho piso cuota lider cobro
emprendedor emprender emprendimiento microempresa changarro pyme
empleo desempleo bolsa trabajo vacante chamba contratar
credito prestamo financiamiento capital
precio caro barato inflacion canasta
# migrantes
migrante migracion paisano emigrar extranjero unidos deportado repatriado retorno regreso frontera norte fuimos
consulado pasaporte visa remesa
# participacion
copaci consejo delegado auxiliar autoridad subdelegado comisariado
eleccion elegir voto secreto urna casilla boleta votar candidato
observador vigilancia testigo escrutinio
plebiscito referendum iniciativa popular firmas
foro conversatorio mesa dialogo reunion encuentro
viaticos transporte pasaje camion ayuda traslado
asociacion organizacion colectivo ong fundacion
voluntario voluntariado ayudar servicio
partido politico electoral campana candidato proselitismo
democracia democratico
confianza credibilidad desconfianza
# servicios
servicio servicios publico municipal
luz alumbrado energia cfe electricidad apagon corriente
coladera alcantarilla registro tapa rejilla
reporte reportar falla descompuesto atencion solicitud
tiempo respuesta tarda demora rapidez
emergencia llamada 911 operadora
rastro perrera jardineria poda limpia barrer barrido
panteon cementerio fosa tumba entierro sepultura difunto murio
bano sanitario publico
mascota perro gato callejero sacrificio vacunar
# justicia
justicia juez jueces juzgado tribunal sentencia fallo resolucion ministerio fiscalia
abogado defensor defensoria gratuito oficio
expediente carpeta caso proceso juicio asunto demanda
detenido preso carcel penal reclusorio encerrar libre soltar
derechos humanos codhem comision violacion
mediacion conciliar acuerdo conflicto
robo asalto ladron delito crimen delincuente ratero
extorsion amenaza cobro piso secuestro
droga adiccion alcohol narcomenudeo anexo
trata persona victima
# programas
beca becas becario estimulo apoyo ayuda subsidio programa social tarjeta despensa transferencia
padron beneficiario beneficiado lista recibieron recibio dieron tocar entregar reparto
seleccionado rechazado puntaje calificacion aciertos resultado criterio requisito
pobreza pobre necesitado vulnerable marginado hambre
lider gestor condicion condicionar electoral voto
comedor alimento canasta leche comida
uniforme utiles mochila tenis zapatos
# archivo
archivo archivos expediente acervo documento antiguo historico viejo libro
digitalizar digitalizacion escanear escaneo foto copia
reservar reservado reserva clasificar clasificado secreto confidencial ocultar negar negaron
version publica testar tachar
inexistencia inexistente perdido extraviado
# derecho
frecuentes repetidas repetido mismo iguales preguntas
plazo vencido dias habiles tarde tardan
recurso revision queja inconformarse
multa sancion castigo apercibimiento responsable
proactiva proactivo oficio anticipada
publicidad obligaciones plataforma nacional ipomex portal
datos personales arco privacidad aviso
usuario contrasena cuenta registro registrarse
reutilizar aprovechar utilidad
parlamento abierto legislatura diputado ley iniciativa congreso dictamen
poder judicial
sindicato partido fideicomiso
# tecnologia
inteligencia artificial robot chat bot asistente
algoritmo automatico sistema
ciberseguridad hackeo seguridad informatica
firma electronica digital
software libre codigo
curso virtual plataforma linea
video transmision streaming youtube
podcast capsula audio radio
`
