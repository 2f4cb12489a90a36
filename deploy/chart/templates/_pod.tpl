{{/* The pod of one process: .root .service .role .keys .size; a role `migrate` ends by itself. */}}
{{- define "pod" -}}
metadata:
  labels:
    {{- include "labels" .root | nindent 4 }}
    app.kubernetes.io/name: {{ .service }}
    app.kubernetes.io/component: {{ .role }}
spec:
  serviceAccountName: {{ .root.Release.Name }}-{{ .service }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with .root.Values.image.pullSecrets }}
  imagePullSecrets: {{ toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    seccompProfile: {type: RuntimeDefault}
  {{- if eq .role "migrate" }}
  restartPolicy: OnFailure
  {{- else }}
  terminationGracePeriodSeconds: 30
  topologySpreadConstraints:
    {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector: {matchLabels: {{ include "selector" $ | fromYaml | toJson }} }
    {{- end }}
  {{- end }}
  {{- if or .keys (ne .role "migrate") }}
  initContainers:
    {{- if .keys }}
    # A mounted Secret belongs to root, and a process takes no key that others may read: so it gets a copy.
    - name: keys
      image: {{ include "image" .root | quote }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      command: [install, --mode=0400, /secret/master.key, /keys/master.key]
      securityContext: {{- include "confined" . | nindent 8 }}
      resources: {{- include "resources" (dict "cpu" "50m" "memory" "32Mi") | nindent 8 }}
      volumeMounts:
        - {name: secret, mountPath: /secret, readOnly: true}
        - {name: keys, mountPath: /keys}
    {{- end }}
    {{- if ne .role "migrate" }}
    # Nothing to do after the migration job; at the first installation whoever comes first does it.
    - name: migrate
      image: {{ include "image" .root | quote }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      args: [services.{{ .service }}.main, migrate]
      env: {{- include "environment" . | nindent 8 }}
      securityContext: {{- include "confined" . | nindent 8 }}
      resources: {{- include "resources" .size.resources | nindent 8 }}
      {{- include "mounts" . | nindent 6 }}
    {{- end }}
  {{- end }}
  containers:
    - name: {{ .role }}
      image: {{ include "image" .root | quote }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      args: [services.{{ .service }}.main, {{ .role }}]
      env: {{- include "environment" . | nindent 8 }}
      securityContext: {{- include "confined" . | nindent 8 }}
      resources: {{- include "resources" .size.resources | nindent 8 }}
      {{- if ne .role "migrate" }}
      ports:
        - {name: operations, containerPort: 9000}
        {{- if eq .role "api" }}
        - {name: http, containerPort: 8000}
        {{- end }}
      startupProbe: {httpGet: {path: /health/live, port: operations}, periodSeconds: 2, failureThreshold: 60}
      livenessProbe: {httpGet: {path: /health/live, port: operations}, periodSeconds: 10, timeoutSeconds: 5}
      readinessProbe: {httpGet: {path: /health/ready, port: operations}, periodSeconds: 5, timeoutSeconds: 5}
      # Whoever still has the old address may finish asking before the process drains.
      lifecycle: {preStop: {sleep: {seconds: 5}}}
      {{- end }}
      {{- include "mounts" . | nindent 6 }}
  volumes:
    - {name: tmp, emptyDir: {sizeLimit: 64Mi}}
    {{- if .keys }}
    - {name: keys, emptyDir: {medium: Memory, sizeLimit: 1Mi}}
    - {name: secret, secret: {secretName: {{ .root.Values.keys.secret }}, defaultMode: 0444}}
    {{- end }}
    {{- if .root.Values.kafka.authentication }}
    - name: brokers
      projected:
        defaultMode: 0444
        sources: {{- include "broker-secrets" . | nindent 10 }}
    {{- end }}
{{- end }}

{{- define "mounts" -}}
volumeMounts:
  - {name: tmp, mountPath: /tmp}
  {{- if .keys }}
  - {name: keys, mountPath: /keys, readOnly: true}
  {{- end }}
  {{- if .root.Values.kafka.authentication }}
  - {name: brokers, mountPath: /brokers, readOnly: true}
  {{- end }}
{{- end }}
