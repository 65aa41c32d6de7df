{{- define "emrex.name" -}}
{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- define "emrex.selector" -}}
app.kubernetes.io/name: emrex-gateway
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "emrex.labels" -}}
{{ include "emrex.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "emrex.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{- /* Not empty where the one instance keeps what it writes. */ -}}
{{- define "emrex.hasClaim" -}}
{{- if and .Values.persistence.enabled (eq (int .Values.replicaCount) 1) }}yes{{ end -}}
{{- end }}

{{- define "emrex.settings" -}}
{{- $listen := dict "listen" (dict "host" "0.0.0.0" "port" 8080) -}}
{{- $admin := dict "operations" (dict "admin" (dict "host" "0.0.0.0" "port" 9464)) -}}
{{ merge $listen $admin (deepCopy .Values.settings) | toYaml }}
{{- end }}
