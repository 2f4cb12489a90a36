{{/* Names and labels. */}}
{{- define "labels" -}}
app.kubernetes.io/part-of: unionstream
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "selector" -}}
app.kubernetes.io/part-of: unionstream
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/name: {{ .service }}
app.kubernetes.io/component: {{ .role }}
{{- end }}

{{- define "name" -}}
{{ .root.Release.Name }}-{{ .service }}-{{ .role }}
{{- end }}

{{- define "image" -}}
{{- with .Values.image -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end -}}
{{- end }}

{{- define "broker-port" -}}
{{ .Values.kafka.authentication | ternary 9093 9092 }}
{{- end }}

{{- define "bootstrap" -}}
{{- if .Values.kafka.create -}}
{{ .Release.Name }}-kafka-kafka-bootstrap:{{ include "broker-port" . }}
{{- else -}}
{{ required "kafka.bootstrap: name the brokers, or let kafka.create make them" .Values.kafka.bootstrap }}
{{- end -}}
{{- end }}

{{/* How a service reaches the brokers: where it signs in, as whom, and whom it trusts. */}}
{{- define "brokers" -}}
{{- if .root.Values.kafka.authentication -}}
sasl+ssl://{{ include "broker-user" . }}@{{ include "bootstrap" .root }}?password_file=/brokers/password&ca=/brokers/ca.crt
{{- else -}}
{{ include "bootstrap" .root }}
{{- end -}}
{{- end }}

{{/* Strimzi names a user, and the Secret with the password, as its KafkaUser. */}}
{{- define "broker-user" -}}
{{ if .root.Values.kafka.create }}{{ .root.Release.Name }}-{{ end }}{{ .service }}
{{- end }}

{{/* Where a service finds `password` and the brokers' `ca.crt`. */}}
{{- define "broker-secrets" -}}
{{- if .root.Values.kafka.create }}
- secret: {name: {{ include "broker-user" . }}, items: [{key: password, path: password}]}
- secret: {name: {{ .root.Release.Name }}-kafka-cluster-ca-cert, items: [{key: ca.crt, path: ca.crt}]}
{{- else }}
- secret:
    name: {{ required (printf "kafka.secrets.%s: name the Secret with `password` and `ca.crt`" .service) (get .root.Values.kafka.secrets .service) }}
    items: [{key: password, path: password}, {key: ca.crt, path: ca.crt}]
{{- end }}
{{- end }}

{{/* The Secret that has the address of a service's database as `uri`; CloudNativePG makes one beside its cluster. */}}
{{- define "database" -}}
{{- if .root.Values.databases.create -}}
{{ .root.Release.Name }}-{{ .service }}-db-app
{{- else -}}
{{ required (printf "databases.secrets.%s: name the Secret, or let databases.create make it" .service) (get .root.Values.databases.secrets .service) }}
{{- end -}}
{{- end }}

{{/* Replicas and resources of a role: those of the role, then those of this service. */}}
{{- define "size" -}}
{{- $own := dig .service .role dict .root.Values.sizes -}}
{{- toYaml (mergeOverwrite (deepCopy (get .root.Values.roles .role)) $own) -}}
{{- end }}

{{- define "resources" -}}
requests: {cpu: {{ .cpu | quote }}, memory: {{ .memory | quote }}, ephemeral-storage: 64Mi}
limits: {cpu: {{ .cpu | quote }}, memory: {{ .memory | quote }}, ephemeral-storage: 256Mi}
{{- end }}

{{- define "confined" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
capabilities: {drop: [ALL]}
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{/* The settings of one process. */}}
{{- define "environment" -}}
{{- $prefix := upper .service -}}
- name: {{ $prefix }}_DATABASE_URL
  valueFrom:
    secretKeyRef: {name: {{ include "database" . }}, key: uri}
{{- if and (eq .role "api") (get .root.Values.services .service).reader }}
- name: {{ $prefix }}_QUERY_DATABASE_URL
  valueFrom:
    secretKeyRef: {name: {{ .root.Values.databases.reader.secret }}, key: uri}
{{- end }}
- {name: {{ $prefix }}_KAFKA, value: {{ include "brokers" . | quote }}}
- {name: {{ $prefix }}_PARTITIONS, value: {{ .root.Values.partitions | quote }}}
- {name: {{ $prefix }}_HTTP_HOST, value: "0.0.0.0"}
- {name: {{ $prefix }}_HTTP_PORT, value: "8000"}
- {name: {{ $prefix }}_OPERATIONS_PORT, value: "9000"}
{{- with .root.Values.oidc }}
- {name: {{ $prefix }}_OIDC_ISSUER, value: {{ required "oidc.issuer: who signs the tokens" .issuer | quote }}}
- {name: {{ $prefix }}_OIDC_AUDIENCE, value: {{ .audience | quote }}}
- {name: {{ $prefix }}_OIDC_KEYS, value: {{ .keys | quote }}}
- {name: {{ $prefix }}_OIDC_FOUNDER_CLAIM, value: {{ .founderClaim | quote }}}
{{- end }}
- name: {{ $prefix }}_INSTANCE
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
{{- range .keys }}
- {name: {{ $prefix }}_{{ . }}, value: /keys/{{ . | trimSuffix "_FILE" | lower | replace "_" "." }}}
{{- end }}
{{- range $name, $value := .root.Values.tracing }}
- {name: {{ $name }}, value: {{ $value | quote }}}
{{- end }}
{{- if .root.Values.tracing }}
- {name: OTEL_SERVICE_NAME, value: {{ printf "%s-%s" .service .role }}}
{{- end }}
{{- end }}
