/** Namespace of the operations. */
export const lukuNamespace = 'http://tietovaranto.csc.fi/luku'
/** Namespace of the data. */
export const virtaNamespace = 'urn:mace:funet.fi:virta/2015/09/01'

const request = (name: string) =>
  `<xs:element name="${name}Request"><xs:complexType><xs:sequence>
    <xs:element name="Kutsuja" type="luku:Kutsuja"/>
    <xs:element name="Hakuehdot" type="luku:Hakuehdot"/>
  </xs:sequence></xs:complexType></xs:element>`
const response = (name: string, content: string) =>
  `<xs:element name="${name}Response"><xs:complexType><xs:sequence>
    <xs:element ref="virta:${content}" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element>`

const lukuSchema = `
<xs:schema targetNamespace="${lukuNamespace}" elementFormDefault="qualified"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:luku="${lukuNamespace}" xmlns:virta="${virtaNamespace}">
  <xs:import namespace="${virtaNamespace}"/>
  <xs:complexType name="Kutsuja"><xs:sequence>
    <xs:element name="jarjestelma" type="xs:string"/>
    <xs:element name="tunnus" type="xs:string"/>
    <xs:element name="avain" type="xs:string"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Hakuehdot"><xs:sequence>
    <xs:choice>
      <xs:element name="henkilotunnus" type="xs:string"/>
      <xs:element name="kansallinenOppijanumero" type="xs:string"/>
    </xs:choice>
    <xs:element name="organisaatio" type="xs:string" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  ${request('OpiskelijanKaikkiTiedot')}
  ${response('OpiskelijanKaikkiTiedot', 'Virta')}
  ${request('Opintosuoritukset')}
  ${response('Opintosuoritukset', 'Opintosuoritukset')}
</xs:schema>`

// What we do not read may stand between what we do: the service's own schema says more, and the reader skips it.
const virtaSchema = `
<xs:schema targetNamespace="${virtaNamespace}" elementFormDefault="qualified"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:virta="${virtaNamespace}">
  <xs:element name="Virta"><xs:complexType><xs:sequence>
    <xs:element name="Opiskelija" type="virta:Opiskelija" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="Opiskelija">
    <xs:sequence>
      <xs:element name="Henkilotunnus" type="xs:string" minOccurs="0"/>
      <xs:element name="Sukunimi" type="xs:string" minOccurs="0"/>
      <xs:element name="Etunimet" type="xs:string" minOccurs="0"/>
      <xs:element name="Sukupuoli" type="xs:string" minOccurs="0"/>
      <xs:element name="KansallinenOppijanumero" type="xs:string" minOccurs="0"/>
      <xs:element name="Opiskeluoikeudet" type="virta:Opiskeluoikeudet" minOccurs="0"/>
      <xs:element ref="virta:Opintosuoritukset" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="avain" type="xs:string"/>
  </xs:complexType>
  <xs:complexType name="Opiskeluoikeudet"><xs:sequence>
    <xs:element name="Opiskeluoikeus" type="virta:Opiskeluoikeus" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Opiskeluoikeus"><xs:sequence>
    <xs:element name="Myontaja" type="xs:string"/>
  </xs:sequence></xs:complexType>
  <xs:element name="Opintosuoritukset"><xs:complexType><xs:sequence>
    <xs:element name="Opintosuoritus" type="virta:Opintosuoritus" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="Opintosuoritus">
    <xs:sequence>
      <xs:element name="SuoritusPvm" type="xs:string"/>
      <xs:element name="Laajuus" type="virta:Laajuus" minOccurs="0"/>
      <xs:element name="Arvosana" type="virta:Arvosana" minOccurs="0"/>
      <xs:element name="Myontaja" type="xs:string"/>
      <xs:element name="Laji" type="xs:string"/>
      <xs:element name="Nimi" type="virta:Teksti" minOccurs="0" maxOccurs="unbounded"/>
      <xs:element name="Kieli" type="xs:string" minOccurs="0"/>
      <xs:element name="Sisaltyvyys" type="virta:Sisaltyvyys" minOccurs="0" maxOccurs="unbounded"/>
      <xs:element name="HyvaksilukuPvm" type="xs:string" minOccurs="0"/>
      <xs:element name="Opinnaytetyo" type="xs:string" minOccurs="0"/>
      <xs:element name="JulkinenLisatieto" type="virta:Teksti" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
    <xs:attribute name="avain" type="xs:string" use="required"/>
    <xs:attribute name="koulutusmoduulitunniste" type="xs:string"/>
    <xs:attribute name="valtakunnallinenKoulutusmoduulitunniste" type="xs:string"/>
  </xs:complexType>
  <xs:complexType name="Teksti"><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="kieli" type="xs:string"/>
  </xs:extension></xs:simpleContent></xs:complexType>
  <xs:complexType name="Sisaltyvyys">
    <xs:attribute name="sisaltyvaOpintosuoritusAvain" type="xs:string" use="required"/>
  </xs:complexType>
  <xs:complexType name="Laajuus"><xs:sequence>
    <xs:element name="Opintopiste" type="xs:string" minOccurs="0"/>
    <xs:element name="Opintoviikko" type="xs:string" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Arvosana"><xs:choice>
    <xs:element name="Viisiportainen" type="xs:string"/>
    <xs:element name="ToinenKotimainen" type="xs:string"/>
    <xs:element name="Hyvaksytty" type="xs:string"/>
    <xs:element name="Naytetyo" type="xs:string"/>
    <xs:element name="Tutkielma" type="xs:string"/>
    <xs:element name="EiKaytossa" type="xs:string"/>
    <xs:element name="Muu" type="virta:Muu"/>
  </xs:choice></xs:complexType>
  <xs:complexType name="Muu"><xs:sequence>
    <xs:element name="Asteikko" type="virta:Asteikko"/>
    <xs:element name="Koodi" type="xs:string"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Asteikko">
    <xs:sequence>
      <xs:element name="Nimi" type="xs:string" minOccurs="0"/>
      <xs:element name="AsteikkoArvosana" type="virta:AsteikkoArvosana" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
    <xs:attribute name="avain" type="xs:string" use="required"/>
  </xs:complexType>
  <xs:complexType name="AsteikkoArvosana">
    <xs:sequence>
      <xs:element name="Koodi" type="xs:string"/>
      <xs:element name="Nimi" type="xs:string" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="avain" type="xs:string" use="required"/>
  </xs:complexType>
</xs:schema>`

const messages = (name: string) => `
  <wsdl:message name="${name}Request"><wsdl:part name="body" element="luku:${name}Request"/></wsdl:message>
  <wsdl:message name="${name}Response"><wsdl:part name="body" element="luku:${name}Response"/></wsdl:message>`
const operation = (name: string) => `
  <wsdl:operation name="${name}">
    <wsdl:input message="luku:${name}Request"/><wsdl:output message="luku:${name}Response"/>
  </wsdl:operation>`
const bound = (name: string) => `
  <wsdl:operation name="${name}"><soap:operation soapAction=""/>
    <wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output>
  </wsdl:operation>`

const operations = ['OpiskelijanKaikkiTiedot', 'Opintosuoritukset']

/**
 * The two operations that we use, and of their answers what we read, in the names of the public service. Written for this
 * project. Numbers, dates and switches are text on purpose: the SOAP library would make numbers of them that round, and
 * points in time that shift with the zone.
 *
 * Spec: the WSDL and schemas (1.06.1) that the public repository EMREXEU/fi-ncp holds.
 */
export const virtaWsdl = `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="OpiskelijanTiedot" targetNamespace="${lukuNamespace}" xmlns:luku="${lukuNamespace}"
  xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">
  <wsdl:types>${lukuSchema}${virtaSchema}</wsdl:types>
  ${operations.map(messages).join('')}
  <wsdl:portType name="OpiskelijanTiedot">${operations.map(operation).join('')}</wsdl:portType>
  <wsdl:binding name="OpiskelijanTiedotSoap11" type="luku:OpiskelijanTiedot">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>${operations.map(bound).join('')}
  </wsdl:binding>
  <wsdl:service name="OpiskelijanTiedotService">
    <wsdl:port name="OpiskelijanTiedotSoap11" binding="luku:OpiskelijanTiedotSoap11">
      <soap:address location="https://virta.invalid/luku/OpiskelijanTiedot"/>
    </wsdl:port>
  </wsdl:service>
</wsdl:definitions>
`
