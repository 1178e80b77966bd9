/** What is asked for and how: acts, people, times and qualities. Form: see `../concepts.ts`. */
export const ACTS = `
# -
publicar difundir divulgar mostrar muestren exhibir transparentar publico publica visible vista subir suban revelar conocer enterarse enterar enteramos publicacion difusion aparecer exponer sacar saquen exhibicion revelen revelacion colgar cuelguen ventilar pregonar notorio evidenciar destapar poner disponible disponibilizar publiquese
informar avisar aviso anunciar anuncio notificar notificacion comunicar comunicado alerta enterarse digan decir cuenten contar avisen recordatorio enteren enterado participarnos aviseme comunicacion comunicarnos boletin circular advertir advertencia prevenir informacion informativo noticia mantener tanto
explicar explicacion aclarar aclaren detallar describir descripcion exponer explique entender entiendan entendible ilustrar especificar precisar interpretar comprension expliquen digerible masticado desmenuzar glosar aclaracion
preguntar consultar consulta encuesta opinar opinion sondeo pregunten voz parecer cuestionar interrogar sondear pulsar criterio encuestar consultarnos preguntenos punto vista
votar votacion voto urna casilla elegir eleccion plebiscito referendum decidan escoger sufragio sufragar comicios balota papeleta electores electorado mayoria consulta
decidir decision resolver determinar acordar acuerdo aprobar decidieron determinacion disponer optar escoger eligen resolucion ratificar autorizar
responder respuesta contestar contestacion contesten respondan replica resolucion replicar reaccion reaccionar atienda atiendan solucion solucionar devolver resuelvan
participar participacion intervenir involucrar colaborar incluir inclusion tomar sumarse involucramiento intervencion cooperar cooperacion contribuir contribucion aportar implicar implicarse formar parte unirse tomarnos incorporar integrarse
reunion asamblea junta sesion mesa dialogo encuentro foro sentarse platicar audiencia cabildo convivencia conversatorio parlamento congregar concilio encerrona mitin tertulia cita coloquio debate debatir deliberar deliberacion discusion discutir
vigilar supervisar supervision vigilancia revisar revision inspeccionar inspeccion monitorear observar fiscalizar contraloria verificar verificacion comprobar auditar control seguimiento custodiar ojo lupa escrutinio inspector supervisor auditor veedor veeduria monitor rastrear controlar fiscal checar chequeo revisores vigilante constatar
comite consejo grupo comision observatorio equipo patronato junta mesa cuerpo colegiado brigada cuadrilla contralores
evaluar evaluacion medir midan medicion calificar calificacion indicador diagnostico resultados desempeno ranking puntuar estrellas encuesta valorar valoracion ponderar metrica parametro rendimiento calificado puntaje examinar medirse eficacia eficiencia impacto termometro boleta
premiar premio reconocimiento reconocer galardon concurso distintivo incentivo motivar diploma galardonar estimulo recompensa recompensar bonificacion medalla aplauso aplaudir homenaje bono condecorar gratificar
castigar castigo sancion sancionar multa multar inhabilitar inhabilitado correr despedir despido consecuencia penalizar penalidad penar reprender amonestar amonestacion cesar destituir destitucion suspension suspender infraccionar escarmiento remover separar cargo pagar cuentas
cumplir cumplimiento cumplan cumplido prometer promesa compromiso comprometer ofrecieron acatar observancia honrar palabra promesas prometido pacto compromisos incumplir incumplimiento quedaron
arreglar arreglo reparar reparacion componer compongan descompuesto descomponer mantenimiento corregir correccion reponer reponga rehabilitar restaurar averiado falla dañado sirve funcionan funciona compostura reparen reconstruir reconstruccion remendar subsanar mantener rehabilitacion remozar reacondicionar renovar renovacion inservible destartalado chatarra maltrecho deteriorado desperfecto averia
construir construccion edificar obra edificar infraestructura constructora hacer edificio levantar erigir cimiento albanil edificacion inmueble
quitar eliminar suprimir reducir evitar desaparecer borrar quiten remover retirar retiro desterrar abolir acabar desechar erradicar cancelar sacar extirpar prescindir
crear formar establecer instalar poner colocar habilitar instituir fundar montar armar integrar constituir constitucion conformar implementar implantar generar lanzar abrir organizar inaugurar echar andar arrancar instaurar designar establecimiento creacion formacion instalacion
dar entregar repartir otorgar asignar reparto distribuir distribucion proporcionar proveer suministrar conceder concesion brindar ofrecer facilitar aportar dotar dotacion donar obsequiar regalar
recibir reciban obtener ganar conseguir cobrar percibir recoger recepcion acceder
pedir solicitar solicitud peticion requerir exigir demandar rogar reclamar suplicar gestionar tramitar peticionar exigencia demanda requerimiento
pagar pago cobrar cobro costo cuesta costar precio tarifa cuota valer vale importe cobran monto abonar abono desembolso desembolsar liquidar adeudar sufragar costear cuotas cargo caro precios tasa arancel
gratis gratuito gratuita gratuidad costo regalado exento exencion sin cobro obsequio libre
comprar compra adquirir adquisicion surtir abastecer adquieran abasto suministro proveeduria comprado mercar
vender venta comercializar venden ofertar oferta vendido comerciar
guardar conservar conserve archivar archivo almacenar repositorio permanente historico preservar preservacion custodia custodiar respaldo respaldar almacen almacenamiento boveda resguardar salvaguardar memoria historial perdurar
enviar mandar envio manden remitir despachar remitan hacer llegar mensajeria paqueteria
descargar bajar descarga bajen bajable obtener exportar
grabar grabacion video transmision transmitir vivo pasen streaming camara filmar filmacion difusion envivo directo videograbar audiovisual televisar transmitan videos
abrir apertura abierto abierta destapar libre acceso ampliar
cerrar cierre bloquear bloqueo clausurar sellar candado clausura tapiar restringir restriccion cancelar
avance progreso adelanto etapa estado estatus situacion evolucion marcha rumbo adelantar estadio desarrollo llevan
proteger proteccion cuidar resguardar garantias garantia seguro privacidad amparar amparo defender defensa salvaguarda blindar blindaje escudo custodia seguridad preservar
personal personales privado privada domicilio direccion celular identidad intimidad confidencial confidencialidad sensible intimo datos particular
anonimo anonima anonimato nombre identidad incognito oculta secreto desconocido
identificar nombre nombrar designar encargado responsable titular cargo contacto reconocer senalar quien responsables encargada titulares enlace
comparar comparacion contrastar cotejar referencia confrontar equiparar paralelo cruce cruzar versus
aumentar aumento subir subieron incremento incrementar alza ampliar ampliacion encarecer crecer crecimiento elevar engrosar expandir extender extension reforzar mas multiplicar incrementen
disminuir bajar reducir recorte ahorro abaratar rebajar rebaja descuento menguar recortar aminorar austeridad economizar
tardar demora tiempo espera esperar retraso lento plazo tardan tardarse tardanza dilacion lentitud eterno eternidad atraso atrasado pendiente rezago rezagado burocracia
rapido pronto inmediato agil agilizar rapidez urgente expedito veloz velocidad acelerar apurar instante breve cuanto antes expres agilidad oportuno
fecha calendario horario plazo cronograma programacion cuando hora dias agenda plan turno jornada dia horarios fechas
previo anticipacion antes anticipado adelantado adelanto previamente tiempo prevision
mensual mes mensualmente meses mensuales cada treinta
semanal semana
anual ano anualmente anos cada doce anuales ejercicio
trimestral trimestre trimestres
diario diariamente
porque motivo razon razones causa justificar justificacion fundamento fundamentar sustento argumento argumentar explicar justifiquen origen porques
error equivocacion falla mal equivocado fallo yerro inexactitud incorrecto erroneo desacierto desliz
facil sencillo sencilla simple accesible claro clara comprender entender comprensible entendible simplificar simplificacion amigable intuitivo practico comodo llano simples
dificil complicado enredado confuso complejo enredo engorroso laberinto lioso tedioso rebuscado batallar imposible sufrir
gente ciudadano ciudadana ciudadania vecino vecina vecinos persona poblacion habitante habitantes pueblo comunidad publico sociedad usuario particular individuo colono civil vecindad moradores pobladores vecindario todos cualquiera quienes
organizacion asociacion colectivo civil ong sociedad agrupacion gremio fundacion sindicato union cooperativa
universidad academico academica academia investigador uaemex tecnologico facultad catedratico cientifico estudioso investigacion colegio politecnico campus rectoria
empresa compania negocio empresario empresarial iniciativa privado privada constructora contratista fabrica industria comercio proveedor firma corporacion consorcio corporativo patron patronal emprendedor particular contratistas
autoridad gobierno gobernante administracion estado gubernamental oficial mandatario poder publico estatal federal politico politicos gobernantes dirigente
servidor funcionario funcionaria empleado empleada burocrata personal trabajador servidores funcionarios oficinista servidora mandos ventanillero publico funcionariado
presidente alcalde edil municipe gobernador alcaldesa presidenta primera mandatario
regidor edil sindico regiduria cabildo regidora sindica concejal
ayuntamiento municipio municipal presidencia alcaldia localidad comuna municipalidad gobierno local
dependencia institucion oficina organismo secretaria instancia entidad sujeto obligado area organo agencia ente ministerio departamento unidad administrativa direccion coordinacion
instituto infoem organo garante comisionado comisionada pleno comisionados transparencia inai
mujer mujeres femenino genero senora madre mama senoras muchachas femenina chica esposa hija jefa
hombre masculino senor padre papa senores varon varones caballero
nino nina ninos infantil menor chiquito pequeno infancia peque bebe hijo hija
joven jovenes adolescente juventud muchacho muchacha chavo chava adolescencia muchachos chavos chavas juventudes mozos juvenil
mayor anciano anciana viejito viejo abuelo abuela vejez edad adulto jubilado senil abuelita abuelito adultos senectud viejos edades tercera
familia familiar pariente parientes madre padre hijo hermano esposo hogar papas parentela hijos suegro cunada consanguineo
representante vocero aval delegado portavoz interlocutor enlace delegada representacion mandatario
barrio colonia calle zona fraccionamiento unidad localidad cuadra delegacion vecindario sector manzana calles cuadras sectores andador privada
pueblo comunidad rancho rural ejido alejado lejano sierra cerro monte localidades caserio aldea rancheria poblado poblacion caserios parajes paraje serrano apartado remoto alejadas campesina comunidades
ciudad urbano cabecera centro capital toluca metropoli metropolitano urbe zonas conurbado
region regional zona oriente sur norte valle comarca distrito rumbo
plaza parque jardin explanada area verde kiosco zocalo alameda jardines parques plazoleta
mapa plano croquis cartografia ubicacion geografico georreferenciado geolocalizar geolocalizacion coordenadas ubicar mapear localizacion gps satelital
lista listado padron registro relacion tabla directorio catalogo inventario censo nomina listas enumerar indice rol tablas catalogos registros enlistar
foto fotografia imagen imagenes grafica visual dibujo ilustracion pictograma infografia retrato fotos fotografico ilustrar grafico dibujos
cartel letrero lona manta anuncio poster espectacular pancarta tablero pizarron rotulo estampa anuncios rotulos mampara pizarra avisos mural senal bardas pinta aviso panel
folleto triptico material impreso volante hoja papel cartilla cuadernillo cartillas panfleto volantes hojas guia manual impresos periodiquito diptico boletin
numero folio clave codigo identificador referencia matricula contrasena digito
telefono celular llamada llamar marcar linea movil telefonico llamen marque hablar telefonema telefonos
mensaje correo email notificacion sms whatsapp mail avisos mensajito mensajes notificaciones emails buzon alerta
internet red linea web portal pagina sitio digital plataforma virtual electronico electronica sitios paginas digitales cibernetico electronicos portales ciber
aplicacion app programa software sistema herramienta aplicaciones sistemas herramientas plataforma
computadora equipo maquina ordenador laptop computo computadoras tableta tablet aparato
libro libros lectura leer lean biblioteca texto textos lector leido cuaderno
historia cuento testimonio caso relato narracion anecdota vivencia experiencia leyenda relatar
trabajo empleo chamba laboral puesto plaza ocupacion jornal jornalero vacante contratacion puestos oficio labor laborar
dinero recurso recursos presupuesto gasto gastar gastaron ingreso fondos erogar erogado ejercer ejercido costo inversion lana feria centavos pesos billete billetes partida partidas erario hacienda tesoro presupuestal gastos fondo monto millones capital inversiones finanzas economico economicos financiero egresos
acceso entrar entrada ingresar ingreso acceder pase
ayuda ayudar apoyo apoyar asesorar asesoria acompanar acompanamiento auxilio auxiliar orientacion orientar asistencia respaldo respaldar socorro mano guiar guia tutoria acompanante acompane auxilien apoyen asesor asistir soporte atender
escuchar oir audio sonido voz oyen sonoro audios oido oyente auditivo escuchen
ver mirar observar vista visual contemplar visualizar vean pantalla apreciar
riesgo peligro peligroso seguro inseguro amenaza peligrosidad arriesgar vulnerable inseguridad amenazar amenazas expuesto exponer
confianza credibilidad creer confiar desconfiar creible desconfianza certeza
nuevo actualizar actualizacion actualizado dia renovar vigente reciente actualice actualicen modernizar moderno modernizacion refrescar puesta
antiguo viejo anterior pasado historico obsoleto vetusto caduco anticuado pasados anteriores
completo integro todo entero total entera totalidad integral exhaustivo integros
parcial incompleto tachado tachadura oculto esconder mutilado borrado cortado censura censurado testado medias
dueno propietario socio accionista accionistas duenos propietaria patron inversionista
ganador ganar fallo adjudicado ganadores triunfador vencedor gano ganaron
sorteo rifa azar insaculacion aleatorio tombola suerte loteria insacular
independiente externo externa autonomo imparcial ajeno neutral autonoma objetivo ciudadanizado ajenos terceros tercero
respeto trato amable dignidad humillar maltrato atencion atender atienden digno cortesia educacion amabilidad buen modales groseria grosero humillacion despota prepotente empatia sensibilidad
violencia agresion golpe abuso acoso violentar agredir golpes maltratar hostigar hostigamiento acosar abusar lastimar ataque
muerte morir fallecer
accidente choque atropellar percance siniestro atropellado volcadura percances colision atropello
noche oscuro oscuridad nocturno nocturna penumbra tinieblas anochecer madrugada
fin semana sabado domingo dominical sabatino fines
idea propuesta aportacion sugerencia planteamiento iniciativa ocurrencia proyecto planteamientos ideas aportes aporte contribucion sugerencias recomendacion
uso utilizar usar aprovechar reutilizar emplear empleen utilicen usen destino aplicacion aprovechamiento
ocupar lugar espacio cupo sitio lugares espacios vacantes cupos
lejos distancia trasladar viaje viajar camino pasaje traslado lejano remoto lejana kilometros traslados viajes ida regreso horas
mover movil itinerante ambulante recorrer camioneta unidad caravana rodante modulo viajero caminante brigada gira ambulantes
casa hogar vivienda domicilio puerta viviendas casas residencia domicilios departamento
`
