/**
 * What a question to VIRTA and its answer look like, as XML Schema: a second reading of the public schema, kept apart from
 * the one that the plugin ships. It holds the order of elements and the lists of codes, which the plugin does not need.
 *
 * Spec: WSDL and schemas 1.06.1 in the public repository EMREXEU/fi-ncp.
 */
export const virtaSchemaFiles: Readonly<Record<'luku.xsd' | 'virta.xsd', string>> = {
  'luku.xsd': `<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:l="http://tietovaranto.csc.fi/luku"
  xmlns:v="urn:mace:funet.fi:virta/2015/09/01" targetNamespace="http://tietovaranto.csc.fi/luku"
  elementFormDefault="qualified">
  <xs:import namespace="urn:mace:funet.fi:virta/2015/09/01" schemaLocation="virta.xsd"/>
  <xs:simpleType name="upTo100"><xs:restriction base="xs:string">
    <xs:minLength value="1"/><xs:maxLength value="100"/>
  </xs:restriction></xs:simpleType>
  <xs:complexType name="question"><xs:sequence>
    <xs:element name="Kutsuja"><xs:complexType><xs:sequence>
      <xs:element name="jarjestelma" type="l:upTo100"/>
      <xs:element name="tunnus" type="l:upTo100"/>
      <xs:element name="avain" type="l:upTo100"/>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="Hakuehdot"><xs:complexType><xs:sequence>
      <xs:choice>
        <xs:element name="henkilotunnus" type="v:henkilotunnus"/>
        <xs:element name="kansallinenOppijanumero" type="xs:string"/>
      </xs:choice>
      <xs:element name="organisaatio" type="v:organisaatio" minOccurs="0"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType>
  <xs:element name="OpiskelijanKaikkiTiedotRequest" type="l:question"/>
  <xs:element name="OpintosuorituksetRequest" type="l:question"/>
  <xs:element name="OpiskelijanKaikkiTiedotResponse"><xs:complexType><xs:sequence>
    <xs:element ref="v:Virta"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="OpintosuorituksetResponse"><xs:complexType><xs:sequence>
    <xs:element ref="v:Opintosuoritukset"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>
`,
  'virta.xsd': `<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:mace:funet.fi:virta/2015/09/01"
  targetNamespace="urn:mace:funet.fi:virta/2015/09/01" elementFormDefault="qualified">
  <xs:simpleType name="henkilotunnus"><xs:restriction base="xs:string">
    <xs:pattern value="[0-3][0-9][01][0-9]{3}[-+A]([0-9]{3}[0-9ABCDEFHJKLMNPRSTUVWXY])?"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="organisaatio"><xs:restriction base="xs:string">
    <xs:pattern value="[0-9]{5}"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="laajuus"><xs:restriction base="xs:decimal">
    <xs:totalDigits value="24"/><xs:fractionDigits value="6"/>
  </xs:restriction></xs:simpleType>
  <xs:complexType name="teksti"><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="kieli" type="xs:string"/>
  </xs:extension></xs:simpleContent></xs:complexType>
  <xs:element name="Virta"><xs:complexType><xs:sequence>
    <xs:element name="Opiskelija" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
      <xs:sequence>
        <xs:element name="Henkilotunnus" type="v:henkilotunnus" minOccurs="0"/>
        <xs:element name="Sukunimi" type="xs:string" minOccurs="0"/>
        <xs:element name="Etunimet" type="xs:string" minOccurs="0"/>
        <xs:element name="Sukupuoli" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string">
          <xs:enumeration value="1"/><xs:enumeration value="2"/><xs:enumeration value="9"/>
        </xs:restriction></xs:simpleType></xs:element>
        <xs:element name="KansallinenOppijanumero" type="xs:string" minOccurs="0"/>
        <xs:element name="Opiskeluoikeudet" minOccurs="0"><xs:complexType><xs:sequence>
          <xs:element name="Opiskeluoikeus" maxOccurs="unbounded"><xs:complexType>
            <xs:sequence>
              <xs:element name="AlkuPvm" type="xs:date"/>
              <xs:element name="Tila"><xs:complexType><xs:sequence>
                <xs:element name="AlkuPvm" type="xs:date"/><xs:element name="Koodi" type="xs:string"/>
              </xs:sequence></xs:complexType></xs:element>
              <xs:element name="Tyyppi" type="xs:string"/>
              <xs:element name="Myontaja" type="v:organisaatio"/>
            </xs:sequence>
            <xs:attribute name="avain" type="xs:string" use="required"/>
            <xs:attribute name="opiskelijaAvain" type="xs:string" use="required"/>
          </xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>
        <xs:element ref="v:Opintosuoritukset" minOccurs="0"/>
      </xs:sequence>
      <xs:attribute name="avain" type="xs:string" use="required"/>
    </xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="Opintosuoritukset"><xs:complexType><xs:sequence>
    <xs:element name="Opintosuoritus" type="v:opintosuoritus" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="opintosuoritus">
    <xs:sequence>
      <xs:element name="SuoritusPvm" type="xs:date"/>
      <xs:element name="Laajuus"><xs:complexType><xs:sequence>
        <xs:element name="Opintopiste" type="v:laajuus"/>
        <xs:element name="Opintoviikko" type="v:laajuus" minOccurs="0"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="Arvosana" type="v:arvosana"/>
      <xs:element name="Myontaja" type="v:organisaatio"/>
      <xs:element name="Laji"><xs:simpleType><xs:restriction base="xs:string">
        <xs:pattern value="[1-4]"/>
      </xs:restriction></xs:simpleType></xs:element>
      <xs:element name="Nimi" type="v:teksti" minOccurs="0" maxOccurs="unbounded"/>
      <xs:element name="Kieli" type="xs:string" minOccurs="0"/>
      <xs:element name="Koulutuskoodi" type="xs:string" minOccurs="0"/>
      <xs:element name="Sisaltyvyys" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
        <xs:sequence><xs:element name="Opintopiste" type="v:laajuus" minOccurs="0"/></xs:sequence>
        <xs:attribute name="sisaltyvaOpintosuoritusAvain" type="xs:string" use="required"/>
      </xs:complexType></xs:element>
      <xs:element name="HyvaksilukuPvm" type="xs:date" minOccurs="0"/>
      <xs:element name="Opinnaytetyo" type="xs:boolean" minOccurs="0"/>
      <xs:element name="JulkinenLisatieto" type="v:teksti" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
    <xs:attribute name="avain" type="xs:string" use="required"/>
    <xs:attribute name="opiskelijaAvain" type="xs:string" use="required"/>
    <xs:attribute name="koulutusmoduulitunniste" type="xs:string" use="required"/>
    <xs:attribute name="opiskeluoikeusAvain" type="xs:string"/>
  </xs:complexType>
  <xs:complexType name="arvosana"><xs:choice>
    <xs:element name="Viisiportainen"><xs:simpleType><xs:restriction base="xs:string">
      <xs:pattern value="HYV|[1-5]"/>
    </xs:restriction></xs:simpleType></xs:element>
    <xs:element name="ToinenKotimainen"><xs:simpleType><xs:restriction base="xs:string">
      <xs:pattern value="TT|HT"/>
    </xs:restriction></xs:simpleType></xs:element>
    <xs:element name="Hyvaksytty"><xs:simpleType><xs:restriction base="xs:string">
      <xs:enumeration value="HYV"/>
    </xs:restriction></xs:simpleType></xs:element>
    <xs:element name="Naytetyo"><xs:simpleType><xs:restriction base="xs:string">
      <xs:pattern value="HYV|KH"/>
    </xs:restriction></xs:simpleType></xs:element>
    <xs:element name="Tutkielma"><xs:simpleType><xs:restriction base="xs:string">
      <xs:pattern value="[IABNCMEL]"/>
    </xs:restriction></xs:simpleType></xs:element>
    <xs:element name="EiKaytossa"><xs:simpleType><xs:restriction base="xs:string">
      <xs:enumeration value="Arvosana ei kaytossa"/>
    </xs:restriction></xs:simpleType></xs:element>
    <xs:element name="Muu"><xs:complexType><xs:sequence>
      <xs:element name="Asteikko"><xs:complexType>
        <xs:sequence>
          <xs:element name="Nimi" type="xs:string" minOccurs="0"/>
          <xs:element name="AsteikkoArvosana" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
            <xs:sequence>
              <xs:element name="Koodi" type="xs:string"/>
              <xs:element name="Nimi" type="xs:string" minOccurs="0"/>
            </xs:sequence>
            <xs:attribute name="avain" type="xs:string" use="required"/>
          </xs:complexType></xs:element>
        </xs:sequence>
        <xs:attribute name="avain" type="xs:string" use="required"/>
      </xs:complexType></xs:element>
      <xs:element name="Koodi" type="xs:string"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:choice></xs:complexType>
</xs:schema>
`,
}
